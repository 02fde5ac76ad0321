import type { Messages } from '../messages.ts';

export const home: Messages['home'] = {
  title: 'L’observatoire du libre accès',
  lede: 'Quelles archives existent, ce que deviennent les travaux qu’elles contiennent, et s’ils sont vraiment ouverts.',
  search: 'Chercher des archives, des travaux et des personnes',
  placeholder: 'Un nom, un lieu, un DOI, un ORCID…',
  repositories: { one: 'archive', other: 'archives' },
  countries: { one: 'pays', other: 'pays' },
  works: { one: 'travail', other: 'travaux' },
  scholars: { one: 'chercheur', other: 'chercheurs' },
  events: { one: 'événement d’usage', other: 'événements d’usage' },
  map: 'Où elles se trouvent',
  mapLarge: 'Chercher sur la carte',
  changes: 'Dernières modifications',
  feed: 'en flux',
  added: 'nouvelle',
  changed: 'modifiée',
  resultsFor: 'Résultats pour « {q} »',
  used: 'Personnes et partenaires',
  moreSubjects: 'D’autres personnes et partenaires ont ces mots dans leur nom ; d’autres mots les précisent.',
  publication: 'Publication',
  scholar: 'Chercheur',
  partner: 'Partenaire',
  requests: 'téléchargements',
  allOfThem: 'Toutes, avec filtres',
  worksFound: 'Travaux',
  moreWorks: 'D’autres travaux ont ces mots dans leur titre ; davantage de mots les précisent.',
  noneHint:
    'Les travaux se trouvent par les mots de leur titre ; les personnes et les partenaires, par leur nom ; et tous, par ce qui les identifie : un DOI, un ORCID, une adresse.',
};

export const about: Messages['about'] = {
  title: 'À propos de cet observatoire',
  lede: 'D’où viennent ses chiffres, ce qu’ils signifient et ce qu’ils ne peuvent pas dire.',
  sources: 'Sources',
  sourcesRegister:
    'Le registre des archives est fait de registres importés, de ce que les archives disent d’elles-mêmes et de propositions de lecteurs acceptées par un éditeur. Chaque notice dit qui a fourni quoi et garde ses versions antérieures.',
  sourcesWorks:
    'Les travaux, leurs auteurs et leurs identifiants viennent des métadonnées que livrent les partenaires. Ce que plusieurs partenaires disent du même travail est réuni par ses identifiants.',
  sourcesUsage:
    'L’usage vient des partenaires : archives et éditeurs qui livrent chaque usage de leurs travaux comme un événement. Ce qui est livré est gardé comme preuve ; chaque chiffre peut en être recalculé.',
  definitions: 'Ce que les mots veulent dire',
  repository: 'Archive ouverte',
  repositoryText:
    'Un site qui conserve des travaux scientifiques et les donne librement : d’une institution, d’une discipline, d’un État, ou rassemblant ceux des autres.',
  work: 'Travail',
  workText: 'Un article, une thèse, un livre, un jeu de données ou autre, où que se trouvent ses copies.',
  investigation: 'Consultation',
  investigationText:
    'Quelqu’un a regardé un travail ou ce qui le décrit : sa page, son résumé, son texte intégral.',
  request: 'Demande',
  requestText:
    'Quelqu’un a demandé le travail lui-même, le plus souvent en téléchargeant ou en ouvrant le texte intégral. Toute demande est aussi une consultation.',
  unique: 'Document unique',
  uniqueText:
    'Aussi souvent qu’un lecteur revienne au même travail pendant une session d’une heure, cela compte une fois.',
  doubleClick: 'Double clic',
  doubleClickText:
    'Deux usages du même genre par le même lecteur en 30 secondes n’en font qu’un ; le second compte.',
  robots: 'Robots',
  robotsText:
    'Les programmes qui collectent des pages sont écartés d’après une liste publique de leurs noms.',
  partner: 'Partenaire',
  partnerText: 'Une organisation qui livre son usage à cet observatoire.',
  counter:
    'L’usage est compté selon les règles de {counter}, afin que les chiffres soient comparables à ceux des autres.',
  gaps: 'Ce que les chiffres ne peuvent pas dire',
  gapsPartners:
    'Seul ce que livrent les partenaires est compté. Des copies sont lues ailleurs, sans être vues d’ici ; un chiffre est ce que l’on sait, et non tout ce qui est.',
  gapsRegister:
    'Un registre n’est jamais complet. Une archive absente peut être proposée ; une archive déplacée ou disparue peut mettre du temps à être remarquée.',
  gapsTime:
    'Chaque réponse dit jusqu’à quand elle va. Les livraisons tardives ou corrigées changent, à dessein, les chiffres antérieurs.',
  privacy: 'Vie privée',
  privacyReaders:
    'Les adresses des lecteurs n’atteignent jamais un disque : à l’arrivée elles deviennent une empreinte à clé, dont la clé est détruite après quelques semaines, et un pays.',
  privacyVisitors:
    'Ces pages ne chargent rien d’autres serveurs et ne posent aucun cookie, sauf la langue choisie et, si vous vous connectez, votre clé. Les appels de l’API sont notés sans adresse ni clé.',
  reuse: 'L’utiliser ailleurs',
  reuseText:
    'Des programmes peuvent lire tout cela : {api}, {dump}, des fichiers sous {exports}, {oai} et {feed}.',
};
