/** The console cannot start. The operator sees only the message: what is wrong, why, and what to do. */
export class LaunchError extends Error {
  override name = "LaunchError";
}
