import pino from "pino";
import { getConfig } from "./config.ts";

let memoised: pino.Logger | undefined;

/** The process's log: JSON lines on standard output. Callers pass fields, never whole requests, so no secret gets in. */
export function logger(): pino.Logger {
  memoised ??= pino({ base: null, level: getConfig().logLevel });
  return memoised;
}
