import type { Messages } from '../messages.ts';

export const frame: Messages['frame'] = {
  skip: 'Aller au contenu',
  chapters: 'Chapitres',
  repositories: 'Archives',
  graphs: 'Graphiques',
  suggest: 'Proposer',
  about: 'À propos',
  account: 'Se connecter',
  api: 'Référence de l’API',
  feed: 'Modifications (Atom)',
  dump: 'Toutes les notices (NDJSON)',
  language: 'Langue',
  demo: 'Une démonstration : les archives, les personnes, les travaux et les chiffres sont inventés.',
};

export const error: Messages['error'] = {
  missing: 'Il n’y a rien ici',
  missingDetail: 'L’adresse est peut-être mal saisie, ou ce qu’elle désignait n’existe plus.',
  refused: 'Impossible d’afficher cette page',
  refusedDetail: 'La demande n’a pas été comprise.',
  tooMany: 'Trop de demandes',
  tooManyDetail: 'Veuillez réessayer dans une minute.',
  away: 'Indisponible pour le moment',
  awayDetail: 'Les données ne peuvent pas être lues pour l’instant. Veuillez réessayer dans une minute.',
  broken: 'Une erreur s’est produite',
  brokenDetail: 'Cette page n’a pas pu être produite. L’erreur est notée dans le journal du serveur.',
  home: 'Vers la page d’accueil',
};
