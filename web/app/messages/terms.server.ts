import type { Lang } from './languages.ts';

type Other = Exclude<Lang, 'en'>;

// Terms of the vocabularies in the order es, fr, de. What is not here is shown as it is.
const terms: Record<string, [string, string, string]> = {
  Operational: ['En funcionamiento', 'En service', 'In Betrieb'],
  Trial: ['En pruebas', 'À l’essai', 'Im Versuch'],
  Broken: ['Averiado', 'En panne', 'Defekt'],
  Closed: ['Cerrado', 'Fermée', 'Geschlossen'],
  Suggested: ['Sugerido', 'Proposée', 'Vorgeschlagen'],
  Malfunctioning: ['Con fallos', 'Défaillante', 'Fehlerhaft'],
  Institutional: ['Institucional', 'Institutionnelle', 'Institutionell'],
  Disciplinary: ['Disciplinar', 'Disciplinaire', 'Fachlich'],
  Governmental: ['Gubernamental', 'Gouvernementale', 'Staatlich'],
  Aggregating: ['Agregador', 'Agrégateur', 'Aggregierend'],
  'Journal articles': ['Artículos de revista', 'Articles de revue', 'Zeitschriftenartikel'],
  'Bibliographic references': [
    'Referencias bibliográficas',
    'Références bibliographiques',
    'Literaturnachweise',
  ],
  'Conference and workshop papers': [
    'Ponencias de congresos y talleres',
    'Communications de congrès et d’ateliers',
    'Konferenz- und Workshopbeiträge',
  ],
  'Theses and dissertations': ['Tesis', 'Thèses et mémoires', 'Hochschulschriften'],
  'Unpublished reports and working papers': [
    'Informes inéditos y documentos de trabajo',
    'Rapports inédits et documents de travail',
    'Unveröffentlichte Berichte und Arbeitspapiere',
  ],
  'Books, chapters and sections': [
    'Libros, capítulos y secciones',
    'Livres, chapitres et sections',
    'Bücher, Kapitel und Abschnitte',
  ],
  Datasets: ['Conjuntos de datos', 'Jeux de données', 'Datensätze'],
  'Learning Objects': ['Objetos de aprendizaje', 'Ressources pédagogiques', 'Lernobjekte'],
  'Multimedia and audio-visual materials': [
    'Materiales multimedia y audiovisuales',
    'Documents multimédias et audiovisuels',
    'Multimedia und audiovisuelles Material',
  ],
  Patents: ['Patentes', 'Brevets', 'Patente'],
  'Other special item types': ['Otros tipos', 'Autres types', 'Sonstiges'],
  Fulltext: ['Texto completo', 'Texte intégral', 'Volltext'],
  'Metadata only': ['Solo metadatos', 'Métadonnées seules', 'Nur Metadaten'],
  'Research archive': ['Archivo de investigación', 'Archive de recherche', 'Forschungsarchiv'],
  'Data archive': ['Archivo de datos', 'Archive de données', 'Datenarchiv'],
  Metadata: ['Metadatos', 'Métadonnées', 'Metadaten'],
  Data: ['Datos', 'Données', 'Daten'],
  Content: ['Contenidos', 'Contenu', 'Inhalte'],
  Submission: ['Depósito', 'Dépôt', 'Einreichung'],
  Preservation: ['Preservación', 'Pérennisation', 'Erhaltung'],
  Archiving: ['Archivo', 'Archivage', 'Archivierung'],
  'OA mandate': ['Mandato de acceso abierto', 'Mandat de libre accès', 'Open-Access-Mandat'],
  Africa: ['África', 'Afrique', 'Afrika'],
  Antarctica: ['Antártida', 'Antarctique', 'Antarktis'],
  Asia: ['Asia', 'Asie', 'Asien'],
  Europe: ['Europa', 'Europe', 'Europa'],
  'North America': ['América del Norte', 'Amérique du Nord', 'Nordamerika'],
  Oceania: ['Oceanía', 'Océanie', 'Ozeanien'],
  'South America': ['América del Sur', 'Amérique du Sud', 'Südamerika'],
  host: ['anfitrión', 'hébergeur', 'Betreiber'],
  developer: ['desarrollador', 'développeur', 'Entwickler'],
  funder: ['financiador', 'financeur', 'Förderer'],
  publisher: ['editor', 'éditeur', 'Verlag'],
  administrator: ['administrador', 'administrateur', 'Administration'],
  technical: ['técnico', 'technique', 'Technik'],
  manager: ['responsable', 'responsable', 'Leitung'],
  general: ['general', 'général', 'allgemein'],
  Science: ['Ciencias', 'Sciences', 'Naturwissenschaften'],
  Medicine: ['Medicina', 'Médecine', 'Medizin'],
  'Social Sciences': ['Ciencias sociales', 'Sciences sociales', 'Sozialwissenschaften'],
  Technology: ['Tecnología', 'Technologie', 'Technik und Technologie'],
  Education: ['Educación', 'Éducation', 'Bildung'],
  Agriculture: ['Agricultura', 'Agriculture', 'Landwirtschaft'],
  Law: ['Derecho', 'Droit', 'Recht'],
  'Language and Literature': ['Lengua y literatura', 'Langue et littérature', 'Sprache und Literatur'],
  Music: ['Música', 'Musique', 'Musik'],
  'Fine Arts': ['Bellas artes', 'Beaux-arts', 'Bildende Kunst'],
  'Political Science': ['Ciencias políticas', 'Science politique', 'Politikwissenschaft'],
};

const place: Record<Other, 0 | 1 | 2> = { es: 0, fr: 1, de: 2 };

export function termIn(lang: Lang, term: string): string {
  if (lang === 'en' || !Object.hasOwn(terms, term)) return term;
  return terms[term]?.[place[lang]] ?? term;
}
