import pino from "pino";
import { getConfig } from "./config.ts";

let memoised: pino.Logger | undefined;

/** The process's logger: JSON lines on standard output. Pass it fields, never whole requests, so that no secret is logged. */
export function logger(): pino.Logger {
  memoised ??= pino({ base: null, level: getConfig().logLevel });
  return memoised;
}
