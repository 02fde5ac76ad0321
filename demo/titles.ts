import type { Language } from './language.ts';
import type { Random } from './random.ts';

interface Phrases {
  topics: readonly string[];
  angles: readonly string[];
  journals: readonly string[];
  separator: string;
}

/** What titles are made of: a topic and an angle on it, in seven languages. */
const phrases: Record<Language, Phrases> = {
  en: {
    topics: list(
      'Peat restoration and carbon storage|Night work among hospital staff|Reading habits of first-year students|Wind loads on lattice towers|Salt tolerance in wild barley|Trust in local journalism|Rainwater harvesting in dry regions|Machine translation of legal texts|Soil fungi under old hedgerows|Social housing after the flood|Sleep and memory in adolescence|Fatigue cracks in steel bridges|Mobile payments in market towns|Microplastics in estuary sediments|The sound archives of lighthouse keepers|Cycling infrastructure and air quality|Maternal health and distance to care|Glacier melt and river temperature|Open peer review in small journals|Nesting success of coastal terns|Participatory budgeting|Early detection of crop disease|Antibiotic use on dairy farms|Medieval dikes and village law|Noise-tolerant speech recognition|Heat stress in urban trees|Kelp forests and small fisheries|Teacher retention in rural schools',
    ),
    angles: list(
      'a longitudinal study|evidence from harbour towns|a systematic review|lessons from ten years of monitoring|a mixed-methods approach|models and measurements|an archival perspective|results of a randomised trial|a comparative analysis|challenges for policy|a case study in three regions|towards an open data set|an interview study|methods, limits and outlook|what remains unknown|a field experiment',
    ),
    journals: list(
      'Northern Journal of Environmental Inquiry|Annals of Applied Learning|Coastal Systems Letters|Review of Regional Studies and Practice|Open Notes in Engineering',
    ),
    separator: ': ',
  },
  nl: {
    topics: list(
      'Bodemdaling in het veenweidegebied|Mantelzorg en werk|Taalontwikkeling van kleuters|Regenwater in de stad|Nachtdiensten in de zorg|Vertrouwen in de lokale politiek|Circulair bouwen met hout|Schuldhulp aan jongeren|Zeewier als grondstof|Fietsen naar school|Onderwijs aan nieuwkomers|Dijkversterking en draagvlak|Eenzaamheid onder ouderen|Precisielandbouw op kleigrond|Digitale vaardigheden van leraren|Herstel van kwelders|Studiekeuze en uitval|Gezond eten op de sportclub|Huiskamerprojecten in krimpdorpen|Warmtenetten in oude wijken',
    ),
    angles: list(
      'een verkennend onderzoek|ervaringen uit de praktijk|een literatuurstudie|resultaten van vijf jaar meten|naar een nieuw model|een vergelijking van drie gemeenten|kansen en belemmeringen|een interventiestudie|adviesrapport|verslag van een veldproef|handreiking voor professionals|een historisch overzicht',
    ),
    journals: list(
      'Tijdschrift voor Kust en Landschap|Veldhavense Bijdragen|Praktijkblad Leren en Werken|Jaarboek voor Regionale Geschiedenis',
    ),
    separator: ': ',
  },
  de: {
    topics: list(
      'Moorböden als Kohlenstoffspeicher|Mehrsprachigkeit in der Grundschule|Leichtbau mit Naturfasern|Nachtarbeit und Gesundheit|Wasserrecht im Spätmittelalter|Wärmepumpen im Altbau|Vertrauen in kommunale Politik|Fledermäuse in Industriebrachen|Spracherkennung bei Störgeräuschen|Pflegende Angehörige|Mikroplastik in Fließgewässern|Ländliche Räume im Wandel|Rissbildung in Stahlbrücken|Stadtbäume unter Hitzestress|Bürgerbeteiligung bei der Verkehrsplanung|Lesekompetenz im Studium|Archive des Alltags|Frühwarnsysteme für Hochwasser|Genossenschaften und Energie|Künstliche Intelligenz in der Diagnostik',
    ),
    angles: list(
      'eine Längsschnittstudie|Befunde aus drei Regionen|ein systematischer Überblick|Modelle und Messungen|eine empirische Untersuchung|Grundlagen und Grenzen|Ergebnisse eines Feldversuchs|eine vergleichende Analyse|Perspektiven für die Praxis|ein Werkstattbericht|Quellen und Methoden|zehn Jahre Erfahrung',
    ),
    journals: list(
      'Falkenrieder Hefte|Zeitschrift für Angewandte Umweltkunde|Archiv für Alltagsgeschichte|Beiträge zur Bildungspraxis',
    ),
    separator: ': ',
  },
  fr: {
    topics: list(
      'La mémoire ouvrière des vallées textiles|Restauration des zones humides|L’apprentissage de la lecture au cours préparatoire|Le travail de nuit à l’hôpital|Agroforesterie et biodiversité|La confiance dans la presse locale|Traduction automatique et langues régionales|Habitat participatif|Érosion des falaises|Les marchés de plein vent|Réseaux de chaleur et sobriété|Santé maternelle en milieu rural|Bâtir en terre crue|Les archives sonores des bergers|Microplastiques en estuaire|Décrochage scolaire|Vignobles d’altitude et climat|Médecine de proximité|La ville à vélo|Capteurs frugaux pour l’eau',
    ),
    angles: list(
      'une étude longitudinale|enquête dans trois départements|revue systématique|apports et limites|approche comparée|modélisation et mesures|dix ans d’observation|essai de synthèse|une lecture critique|récits et pratiques|perspectives pour l’action publique|étude de terrain',
    ),
    journals: list(
      'Cahiers de Montclairval|Revue des terrains partagés|Études rurales appliquées|Bulletin des milieux humides',
    ),
    separator: '\u00a0: ',
  },
  es: {
    topics: list(
      'Acequias y gestión comunal del agua|La lectura en la escuela rural|Restauración de dehesas|Envejecimiento y soledad|Energía solar compartida|Memoria oral de la trashumancia|Traducción jurídica asistida|Calidad del aire y tráfico urbano|Vivienda social y participación|Suelos salinos y cultivos tradicionales|Turismo y despoblación|Diagnóstico precoz en atención primaria|Grietas en puentes metálicos|Periodismo local y confianza|Aprendizaje cooperativo|Incendios forestales y paisaje|Mercados municipales|Sequía y acuíferos|Reconocimiento de voz con ruido|Migraciones y salud materna',
    ),
    angles: list(
      'un estudio longitudinal|evidencias de tres comarcas|una revisión sistemática|retos y oportunidades|análisis comparado|modelos y medidas|diez años de seguimiento|propuesta metodológica|estudio de caso|una mirada crítica|resultados de un ensayo de campo|perspectivas de futuro',
    ),
    journals: list(
      'Cuadernos de Valdeluna|Revista de Estudios Comarcales|Anales de Ingeniería Abierta|Papeles de Pedagogía Rural',
    ),
    separator: ': ',
  },
  pt: {
    topics: list(
      'Agricultura familiar e mercados locais|Saúde materna no semiárido|Restauração da mata ciliar|Alfabetização de jovens e adultos|Cisternas e convivência com a seca|Rádio comunitária e confiança|Energia solar em assentamentos|Doenças do cafeeiro|Memórias de ferroviários|Mobilidade urbana e qualidade do ar|Sementes crioulas|Evasão no ensino superior|Tradução automática de textos jurídicos|Manguezais e pesca artesanal|Orçamento participativo|Habitação de interesse social|Queimadas e biodiversidade do cerrado|Telemedicina na atenção básica|Cantos de trabalho|Microplásticos em praias',
    ),
    angles: list(
      'um estudo longitudinal|evidências de três municípios|uma revisão sistemática|desafios e perspectivas|análise comparada|modelos e medições|dez anos de acompanhamento|relato de experiência|estudo de caso|ensaio de campo|contribuições para políticas públicas|uma abordagem histórica',
    ),
    journals: list(
      'Cadernos de Serra Branca|Revista Aberta do Semiárido|Estudos de Saúde e Território|Boletim de Agroecologia Aplicada',
    ),
    separator: ': ',
  },
  ja: {
    topics: list(
      '里山の土壌菌類|夜勤と睡眠の質|地方紙への信頼|多言語教室における読解|鋼橋の疲労き裂|干潟のマイクロプラスチック|高齢者の孤立と地域|雨水利用の歴史|騒音下の音声認識|街路樹の高温ストレス|商店街の再生|棚田と水利慣行',
    ),
    angles: list(
      '縦断的研究|三地域の比較|系統的レビュー|測定とモデル|事例研究|課題と展望|十年間の観察|方法の検討',
    ),
    journals: list('星河原大学紀要|環境と地域|応用教育研究'),
    separator: '――',
  },
};

/** Gives titles that differ from each other: when topics and angles run out, the years looked at tell them apart. */
export function createTitles(random: Random): (language: Language, year: number) => string {
  const given = new Set<string>();
  return (language, year) => {
    const { topics, angles, separator } = phrases[language];
    const plain = () => `${random.pick(topics)}${separator}${random.pick(angles)}`;
    const dated = () => `${plain()}, ${year - 3 - random.below(9)}\u2013${year - random.below(3)}`;
    let title = plain();
    while (given.has(title)) title = dated();
    given.add(title);
    return title;
  };
}

export function journalIn(language: Language, random: Random): string {
  return random.pick(phrases[language].journals);
}

function list(text: string): string[] {
  return text.split('|');
}
