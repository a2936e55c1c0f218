import { AppError } from "../errors.ts";

/** A request was edited since it was shown; `current` is its version now. */
class StaleRequest extends AppError {
  override name = "StaleRequest";
  readonly current: number;

  constructor(current: number) {
    const message = `The request was edited meanwhile: it is at version ${current} now. Read it again before you decide.`;
    super("PRECONDITION_FAILED", message, [{ path: "version", message }]);
    this.current = current;
  }
}

/** @throws StaleRequest unless the request has the version that was shown */
export function requireVersion(request: { version: number }, shown: number): void {
  if (request.version !== shown) throw new StaleRequest(request.version);
}
