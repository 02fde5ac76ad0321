import type { Messages } from '../messages.ts';

export const home: Messages['home'] = {
  title: 'El observatorio del acceso abierto',
  lede: 'Qué repositorios existen, qué ocurre con las obras que contienen y si de verdad están abiertas.',
  search: 'Buscar repositorios, obras y personas',
  placeholder: 'Un nombre, un lugar, un DOI, un ORCID…',
  repositories: { one: 'repositorio', other: 'repositorios' },
  countries: { one: 'país', other: 'países' },
  works: { one: 'obra', other: 'obras' },
  scholars: { one: 'investigador', other: 'investigadores' },
  events: { one: 'evento de uso', other: 'eventos de uso' },
  map: 'Dónde están',
  mapLarge: 'Buscar en el mapa',
  changes: 'Últimos cambios',
  feed: 'como canal',
  added: 'nuevo',
  changed: 'modificado',
  resultsFor: 'Resultados de «{q}»',
  used: 'Personas y socios',
  moreSubjects: 'Más personas y socios tienen estas palabras en su nombre; con más palabras se acotan.',
  publication: 'Publicación',
  scholar: 'Investigador',
  partner: 'Socio',
  requests: 'descargas',
  allOfThem: 'Todos, con filtros',
  worksFound: 'Obras',
  moreWorks: 'Hay más obras con estas palabras en el título; más palabras las delimitan.',
  noneHint:
    'Las obras se encuentran por palabras de su título; las personas y los socios, por su nombre; y todo, por lo que lo identifica: un DOI, un ORCID, una dirección.',
};

export const about: Messages['about'] = {
  title: 'Acerca de este observatorio',
  lede: 'De dónde proceden sus cifras, qué significan y qué no pueden decir.',
  sources: 'Fuentes',
  sourcesRegister:
    'El registro de repositorios se compone de registros importados, de lo que los repositorios dicen de sí mismos y de sugerencias de lectores aceptadas por un editor. Cada ficha dice quién aportó qué y conserva sus versiones anteriores.',
  sourcesWorks:
    'Las obras, sus autores y sus identificadores proceden de los metadatos que entregan los socios. Lo que varios socios dicen de la misma obra se une por sus identificadores.',
  sourcesUsage:
    'El uso procede de los socios: repositorios y editoriales que entregan cada uso de sus obras como un evento. Lo entregado se guarda como prueba; toda cifra puede volver a calcularse a partir de ello.',
  definitions: 'Qué significan las palabras',
  repository: 'Repositorio',
  repositoryText:
    'Un sitio que conserva obras académicas y las ofrece en abierto: de una institución, una disciplina, un gobierno, o reuniéndolas de otros.',
  work: 'Obra',
  workText:
    'Un artículo, una tesis, un libro, un conjunto de datos o algo similar, dondequiera que estén sus copias.',
  investigation: 'Consulta de un ítem',
  investigationText: 'Alguien miró una obra o lo que la describe: su página, su resumen, su texto completo.',
  request: 'Petición de un ítem',
  requestText:
    'Alguien pidió la obra misma, casi siempre descargando o abriendo el texto completo. Toda petición es también una consulta.',
  unique: 'Ítem único',
  uniqueText:
    'Por muchas veces que un lector acuda a la misma obra en una sesión de una hora, cuenta una vez.',
  doubleClick: 'Doble clic',
  doubleClickText:
    'Dos usos de la misma clase por el mismo lector en 30 segundos son uno; cuenta el segundo.',
  robots: 'Robots',
  robotsText: 'Los programas que recopilan páginas se excluyen según una lista pública de sus nombres.',
  partner: 'Socio',
  partnerText: 'Una organización que entrega su uso a este observatorio.',
  counter:
    'El uso se cuenta según las reglas de {counter}, para que las cifras puedan compararse con las de otros.',
  gaps: 'Lo que las cifras no pueden decir',
  gapsPartners:
    'Solo se cuenta lo que entregan los socios. También se leen copias en otros sitios, sin que se vea desde aquí; una cifra es lo que se sabe, no todo lo que hay.',
  gapsRegister:
    'Un registro nunca está completo. Un repositorio que falta puede sugerirse; uno que se ha mudado o ha desaparecido puede tardar en notarse.',
  gapsTime:
    'Cada respuesta dice hasta cuándo alcanza. Las entregas tardías o corregidas cambian, a propósito, cifras anteriores.',
  privacy: 'Privacidad',
  privacyReaders:
    'Las direcciones de los lectores nunca llegan a un disco: al entrar se convierten en un resumen con clave, cuya clave se destruye al cabo de unas semanas, y en un país.',
  privacyVisitors:
    'Estas páginas no cargan nada de otros servidores ni ponen cookies, salvo el idioma que usted elija y, si inicia sesión, su clave. Las llamadas a la API se registran sin dirección ni clave.',
  reuse: 'Usarlo en otro lugar',
  reuseText: 'Los programas pueden leer todo esto: {api}, {dump}, ficheros en {exports}, {oai} y {feed}.',
};
