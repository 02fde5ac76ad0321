import type { Random } from './random.ts';
import type { PlaceLanguage } from './repositories-countries.ts';

/** How institutions and their repositories are called in a language; `{p}` is a place, `{i}` the institution. */
interface Words {
  /** Beginnings and ends of invented places, or whole ones as `own script=Latin`. */
  places: { starts: string; ends: string } | { whole: string };
  institutions: string;
  repositories: string;
  descriptions: string;
}

const latin: Words = {
  places: {
    starts: 'Kiba Moru Tesha Lumba Dara Senwa Parani Olku Vesha Madi Ruka Zelna Tomi Bhara Neku Salva',
    ends: 'randa kela nure mbali dorra vati sika lund garu mesh pura tane',
  },
  institutions:
    'University of {p}|{p} University|National Institute of Science, {p}|{p} University of Technology',
  repositories: '{i} Repository|{p} Digital Library|Open Access at {p}|{i} Institutional Repository',
  descriptions:
    'The research output of {i}: articles, theses and data, kept and made open.|This site gives access to the scholarly work of the staff and students of {i}.',
};

const words: Record<PlaceLanguage, Words> = {
  xx: latin,
  en: {
    ...latin,
    places: {
      starts: 'Ash Thorn Elder Wick Stan Marl Heather Copper Raven Lang Brock Fenn Holm Saltern Wynd Amber',
      ends: 'mere fordham bury haven stowe dale combe croft minster water ridge leigh',
    },
    institutions:
      'University of {p}|{p} University|{p} College|{p} State University|{p} Institute for Marine Studies',
    repositories: '{p} Research Archive|{i} Repository|{p} ePrints|{p} Scholar|{p} Digital Commons',
  },
  de: {
    places: {
      starts: 'Falken Linden Birken Wolfs Stein Grün Eschen Hohen Alten Königs Mühl Reichen',
      ends: 'rode hausen bronn feld tal hagen brück stett moor weiler',
    },
    institutions: 'Universität {p}|Technische Universität {p}|Hochschule {p}|Forschungszentrum {p}',
    repositories:
      'Publikationsserver der {i}|{p}er Dokumentenserver|Elektronische Hochschulschriften {p}|Forschungsdaten {p}',
    descriptions:
      'Auf diesem Server stehen Veröffentlichungen, Hochschulschriften und Forschungsdaten aus {p} zur freien Verfügung.',
  },
  fr: {
    places: {
      starts: 'Mont Beau Clair Roche Val Ville Haute Saint-Amé Fontaine Grand',
      ends: 'clairval bourg fontaine rive lac mesnil court vigne combe sault',
    },
    institutions: 'Université de {p}|École supérieure de {p}|Institut polytechnique de {p}',
    repositories:
      'Archives ouvertes de {p}|Dépôt institutionnel de {p}|{p} Publications|Thèses en ligne – {i}',
    descriptions: 'Les publications scientifiques, thèses et données des chercheurs de {p}, en libre accès.',
  },
  es: {
    places: {
      starts: 'Valde Monte Fuente Puerto Villa Torre Campo Peña Rio Santa',
      ends: 'luna clara hermosa blanca rroble lirio sierra estrella dorada marina',
    },
    institutions:
      'Universidad de {p}|Universidad Nacional de {p}|Universidad Tecnológica de {p}|Instituto de Investigaciones de {p}',
    repositories:
      'Repositorio institucional de {p}|Biblioteca digital de la {i}|Repositorio académico {p}|Tesis digitales de {p}',
    descriptions:
      'Producción científica y académica de la comunidad universitaria de {p}, en acceso abierto.',
  },
  pt: {
    places: {
      starts: 'Serra Ribeira Campo Ponta Vila Lagoa Porto Barra',
      ends: ' Branca| Clara| do Ipê| das Garças| Nova| do Mirante| Serena| da Aroeira',
    },
    institutions: 'Universidade de {p}|Universidade Federal de {p}|Instituto Superior de {p}',
    repositories: 'Repositório institucional de {p}|Biblioteca digital de teses de {p}|{p} Aberta',
    descriptions: 'A produção científica, técnica e cultural da {i}, em acesso aberto.',
  },
  nl: {
    places: {
      starts: 'Veld Zander Duin Water Linde Ooster Broek Hoog',
      ends: 'haven meer burg dijk wolde zijl loo',
    },
    institutions: 'Universiteit {p}|Hogeschool {p}|Instituut voor Waterstudies {p}',
    repositories: 'Kennisbank {p}|{p} Onderzoek Online|Scripties {p}',
    descriptions: 'Publicaties, scripties en datasets van onderzoekers en studenten uit {p}.',
  },
  it: {
    places: {
      starts: 'Monte Castel Valle Pieve Rocca Borgo',
      ends: 'chiaro sasso alto nero lunga fiorita',
    },
    institutions: 'Università di {p}|Politecnico di {p}',
    repositories: 'Archivio istituzionale di {p}|Tesi online – {p}|{p} Open Archive',
    descriptions: 'L’archivio raccoglie i prodotti della ricerca dell’ateneo di {p}.',
  },
  pl: {
    places: { starts: 'Zielono Biało Nowo Wilczo Jasno Staro', ends: 'górz brzeg miejsce dwór las zdrój' },
    institutions: 'Uniwersytet w mieście {p}|Politechnika {p}',
    repositories: 'Repozytorium {p}|Biblioteka Cyfrowa {p}|Baza Wiedzy {p}',
    descriptions: 'Otwarte zbiory publikacji i rozpraw doktorskich: {i}.',
  },
  sv: {
    places: { starts: 'Björk Ek Ström Sand Gran Älv', ends: 'sjöby fjärden holmstad vik näset dal' },
    institutions: '{p} universitet|Högskolan i {p}',
    repositories: '{p} publikationer|Öppet arkiv {p}|Avhandlingar från {p}',
    descriptions: 'Forskning och studentuppsatser från {i}, fritt tillgängliga.',
  },
  tr: {
    places: { starts: 'Ak Kara Yeşil Gök Taş Gül', ends: 'pınarlı dereköy çamova tepebaşı suyu yurtkent' },
    institutions: '{p} Üniversitesi|{p} Teknik Üniversitesi',
    repositories: '{p} Üniversitesi Açık Erişim Sistemi|{p} Akademik Arşiv',
    descriptions: '{i} araştırmacılarının yayınları ve tezleri açık erişimle sunulur.',
  },
  id: {
    places: { starts: 'Tirta Wana Sari Bumi Arga Laut', ends: 'kencana mulya jaya lestari pura sakti' },
    institutions: 'Universitas {p}|Institut Teknologi {p}|Politeknik {p}',
    repositories: 'Repositori {p}|Repository {i}|Perpustakaan Digital {p}',
    descriptions: 'Karya ilmiah dosen dan mahasiswa {i}, terbuka untuk umum.',
  },
  ja: {
    places: {
      whole:
        '星河原=Hoshigawara|青葉峰=Aobamine|白鷺浜=Shirasagihama|霧ヶ丘=Kirigaoka|月見野=Tsukimino|若松谷=Wakamatsudani|花森=Hanamori|水無原=Minahara|緑川台=Midorikawadai|風間崎=Kazamasaki',
    },
    institutions:
      '{p}大学|{p}工業大学|{p}女子大学|{p}医科大学|{p}教育大学|{p}外国語大学|{p}芸術大学|{p}県立大学',
    repositories: '{i}学術機関リポジトリ|{i}リポジトリ',
    descriptions: '{i}の研究成果を収集・保存し、公開しています。',
  },
  zh: {
    places: {
      whole:
        '云岭=Yunling|青湖=Qinghu|松江口=Songjiangkou|白石=Baishi|明河=Minghe|金桥镇=Jinqiao|南屏=Nanping|海棠=Haitang',
    },
    institutions: '{p}大学|{p}理工大学|{p}师范大学|{p}科学研究院|{p}医学院|{p}农业大学',
    repositories: '{i}机构知识库|{i}数字学术',
    descriptions: '收藏并开放{i}的学术成果。',
  },
  ru: {
    places: {
      whole:
        'Светлоречье=Svetlorechye|Заозёрный=Zaozyorny|Белый Яр=Bely Yar|Новокедровск=Novokedrovsk|Лесогорье=Lesogorye|Синегорск=Sinegorsk|Тихая Пристань=Tikhaya Pristan|Каменноборск=Kamennoborsk',
    },
    institutions:
      'Университет {p}|Технический университет {p}|Академия наук, {p}|Педагогический институт {p}',
    repositories: 'Электронный архив: {i}|Репозиторий: {i}',
    descriptions: 'Научные публикации и диссертации в открытом доступе. {i}.',
  },
  ar: {
    places: {
      whole:
        'وادي النخيل=Wadi al-Nakhil|عين الورد=Ain al-Ward|جبل النور=Jabal al-Noor|برج السلام=Burj al-Salam|واحة الزيتون=Wahat al-Zaytun|مرسى الأمل=Marsa al-Amal',
    },
    institutions: 'جامعة {p}|المعهد العالي للعلوم، {p}|جامعة {p} للتكنولوجيا',
    repositories: 'المستودع الرقمي: {i}|أرشيف الأبحاث: {i}',
    descriptions: 'الإنتاج العلمي للباحثين متاح للجميع. {i}.',
  },
};

/** What an invented institution and its repository are called. `latin`: the place in Latin letters, for host names. */
export interface Named {
  latin: string;
  institution: string;
  name: string;
  description: string;
}

/** Names in `language` of one place, and the same in English where the language is another. */
export function nameRepository(
  language: PlaceLanguage,
  random: Random,
): { own: Named; english: Named | null } {
  const { places } = words[language];
  const [place = '', latinPlace = place] =
    'whole' in places
      ? random.pick(places.whole.split('|')).split('=')
      : [random.pick(split(places.starts)) + random.pick(split(places.ends))];
  const own = called(words[language], place, latinPlace, random);
  if (language === 'xx' || language === 'en') return { own, english: null };
  return { own, english: called(words.xx, latinPlace, latinPlace, random) };
}

function called(from: Words, place: string, latinPlace: string, random: Random): Named {
  const fill = (text: string, institution = '') =>
    random.pick(text.split('|')).replaceAll('{p}', place.trim()).replaceAll('{i}', institution);
  const institution = fill(from.institutions);
  return {
    latin: latinPlace,
    institution,
    name: fill(from.repositories, institution),
    description: fill(from.descriptions, institution),
  };
}

const split = (text: string) => text.split(text.includes('|') ? '|' : ' ');
