/** The document is well-formed but none of the forms in which context objects are taken. */
export class FormFault extends Error {
  override name = 'FormFault';
}
