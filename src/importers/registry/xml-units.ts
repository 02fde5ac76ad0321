import { createXmlReader, type XmlElement, XmlFault } from '../../platform/xml/index.ts';
import { type InputFile, readInputFile } from '../input-file.ts';
import { ImportStopped } from '../run.ts';

/** Every element of a name below the root of an XML file, one after the other. Nothing a DOCTYPE names is fetched. */
export async function* xmlUnits(
  file: InputFile,
  name: string,
  onBytes: (bytes: number) => void,
): AsyncGenerator<XmlElement> {
  let units: XmlElement[] = [];
  const reader = createXmlReader({
    isUnit: (_ns, local, path) => local === name && path.length > 0,
    onUnit: (unit) => units.push(unit),
    skipDoctype: true,
  });
  const take = (): XmlElement[] => {
    const taken = units;
    units = [];
    return taken;
  };
  try {
    for await (const chunk of readInputFile(file, onBytes)) {
      reader.write(chunk);
      yield* take();
    }
    reader.end();
  } catch (error) {
    if (error instanceof XmlFault) throw new ImportStopped(`${file.path}: ${error.message}`);
    throw error;
  }
  yield* take();
}

/** The first characters of a file that are no blanks. */
export async function headOf(file: InputFile): Promise<string> {
  for await (const chunk of readInputFile(file)) {
    const head = chunk
      .toString('utf8')
      .replace(/^\uFEFF/, '')
      .trimStart();
    if (head !== '') return head.slice(0, 1_000);
  }
  return '';
}
