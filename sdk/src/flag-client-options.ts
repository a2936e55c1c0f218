import type { ReportJournal } from "./reports/report-journal.ts";

/** Intervals and limits; the defaults suit production. Milliseconds, unless named otherwise. */
export type FlagClientTiming = {
  /** The first wait after a failure is a random part of this, and doubles with each further one… */
  baseBackoffMs: number;
  /** …up to this. */
  maxBackoffMs: number;
  /** …or, where the token is refused or something else answers, up to this. */
  maxRefusedBackoffMs: number;
  /** A stream that says nothing for so long is dead: twice the server's 15 s between comments. */
  streamSilenceMs: number;
  /** Where streams do not get through: how long to poll before trying one again. */
  streamRetryMs: number;
  /** How long the server may hold a poll, in seconds (at most 60). */
  longPollSeconds: number;
  /** Between plain polls, where polls are not held either. */
  pollIntervalMs: number;
  /** How long an answer may take, beyond the time it is held. */
  requestTimeoutMs: number;
  /** Beside a stream, now and then, a conditional poll: is it complete, and has the server its database? */
  checkIntervalMs: number;
  /** How much later a snapshot of the past is asked for again before it is believed. */
  confirmMs: number;
  /** Unheard of for so long, the console counts as out of reach: `stale`. */
  staleAfterMs: number;
  /** After a new cursor the report that says so goes out within this, at a random moment. */
  reportSoonMs: number;
  /** The least time between two writes of the state file. */
  stateFileIntervalMs: number;
  /** How long `close()` tries to send what is still counted. */
  closeTimeoutMs: number;
};

/** What `createFlagClient` takes. */
export type FlagClientOptions = {
  /** The console's address, with the path it is served under, if any. */
  url: string | URL;
  /** A service token with the scopes `flags:read` and `reports:write`. */
  token: string;
  /** This process's name among the runtime's instances, such as its host name: 1 to 64 letters, digits and `._-`. */
  instanceId: string;
  /** Where the last known flags are kept, so that a start without the console has them. */
  stateFile?: string;
  /** Keeps reports over a kill; without one, what was counted since the last report is lost with the process. */
  reportJournal?: ReportJournal;
  /** Instead of Node's own. */
  fetch?: typeof globalThis.fetch;
  /** How often counts and the applied cursor are reported; 10 s. */
  reportIntervalMs?: number;
  timing?: Partial<FlagClientTiming>;
};

export type Settings = {
  baseUrl: string;
  token: string;
  instanceId: string;
  stateFile: string | null;
  reportJournal: ReportJournal | null;
  fetch: typeof globalThis.fetch;
  reportIntervalMs: number;
  timing: FlagClientTiming;
};

const TIMING: FlagClientTiming = {
  baseBackoffMs: 1_000,
  maxBackoffMs: 10_000,
  maxRefusedBackoffMs: 60_000,
  streamSilenceMs: 30_000,
  streamRetryMs: 60_000,
  longPollSeconds: 25,
  pollIntervalMs: 5_000,
  requestTimeoutMs: 10_000,
  checkIntervalMs: 15_000,
  confirmMs: 2_000,
  staleAfterMs: 45_000,
  reportSoonMs: 500,
  stateFileIntervalMs: 1_000,
  closeTimeoutMs: 2_000,
};

/** Fills in the defaults. @throws TypeError for options that can never work, at the start rather than later */
export function readOptions(options: FlagClientOptions): Settings {
  const url = new URL(options.url);
  if (url.protocol !== "http:" && url.protocol !== "https:")
    throw new TypeError(`url must be http or https, not ${url.protocol}`);
  if (!/^[\x21-\x7e]+$/.test(options.token)) throw new TypeError("token must be visible ASCII");
  if (!/^[A-Za-z0-9._-]{1,64}$/.test(options.instanceId))
    throw new TypeError("instanceId must be 1 to 64 letters, digits and ._-");
  const timing = { ...TIMING, ...options.timing };
  const reportIntervalMs = options.reportIntervalMs ?? 10_000;
  for (const [name, value] of Object.entries({ ...timing, reportIntervalMs }))
    if (!Number.isFinite(value) || value < 0) throw new TypeError(`${name} must not be negative`);
  return {
    baseUrl: url.origin + url.pathname.replace(/\/+$/, ""),
    token: options.token,
    instanceId: options.instanceId,
    stateFile: options.stateFile ?? null,
    reportJournal: options.reportJournal ?? null,
    fetch: options.fetch ?? globalThis.fetch,
    reportIntervalMs,
    timing: { ...timing, longPollSeconds: Math.min(60, Math.floor(timing.longPollSeconds)) },
  };
}
