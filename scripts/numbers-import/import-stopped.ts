/** The import cannot be tried. The message is a sentence or two for the operator. */
export class ImportStopped extends Error {
  override name = "ImportStopped";
}
