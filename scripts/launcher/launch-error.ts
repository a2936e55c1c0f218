/** The console cannot start. The message is all the operator gets to see: what, why, and what to do. */
export class LaunchError extends Error {
  override name = "LaunchError";
}
