export { formats, ndjson, type RegisterFormat } from './register/formats.ts';
export { nightlyRegisterFiles, readRegister, shelveRegister } from './register/register-files.ts';
export { addExportRoutes } from './routes.ts';
export { createShelf, type Shelf } from './shelf/shelf.ts';
export { writeWhole } from './shelf/write-file.ts';
