/** A command cannot be carried out. The message is a sentence or two for the operator. */
export class CommandError extends Error {
  override name = "CommandError";
}
