import type { Messages } from '../messages.ts';

export const frame: Messages['frame'] = {
  skip: 'Saltar al contenido',
  chapters: 'Capítulos',
  repositories: 'Repositorios',
  graphs: 'Gráficos',
  suggest: 'Sugerir',
  about: 'Acerca de',
  account: 'Iniciar sesión',
  api: 'Referencia de la API',
  feed: 'Cambios (Atom)',
  dump: 'Todos los registros (NDJSON)',
  language: 'Idioma',
  demo: 'Una demostración: los repositorios, las personas, las obras y las cifras de aquí son inventados.',
};

export const error: Messages['error'] = {
  missing: 'Aquí no hay nada',
  missingDetail: 'Puede que la dirección esté mal escrita o que el contenido ya no exista.',
  refused: 'No se puede mostrar',
  refusedDetail: 'No se ha entendido la petición.',
  tooMany: 'Demasiadas peticiones',
  tooManyDetail: 'Vuelva a intentarlo dentro de un minuto.',
  away: 'No disponible en este momento',
  awayDetail: 'Ahora mismo no se pueden leer los datos. Vuelva a intentarlo dentro de un minuto.',
  broken: 'Algo ha fallado',
  brokenDetail: 'No se ha podido crear esta página. El error consta en el registro del servidor.',
  home: 'Ir a la página de inicio',
};
