/** A command failed for a reason that the operator can act on. The message is a sentence or two for them. */
export class CommandError extends Error {
  override name = "CommandError";
}
