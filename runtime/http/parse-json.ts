import { ConnectlyError } from "./connectly-error.ts";

/** A body as the server leaves it: the raw bytes. @throws ConnectlyError INVALID */
export function parseJson(body: unknown): unknown {
  try {
    return JSON.parse(Buffer.isBuffer(body) ? body.toString("utf8") : "");
  } catch {
    throw new ConnectlyError("INVALID", "The body is no JSON.");
  }
}
