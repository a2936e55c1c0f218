import type { ReportJournal } from "./reports/report-journal.ts";

/** Intervals and limits; the defaults suit production. Milliseconds, unless named otherwise. */
export type FlagClientTiming = {
  /** The first wait after a failure is a random part of this; the limit doubles with each further failure… */
  baseBackoffMs: number;
  /** …up to this. */
  maxBackoffMs: number;
  /** …or, where the token is refused or something else answers, up to this. */
  maxRefusedBackoffMs: number;
  /** A stream that is silent for this long is dead: twice the server's 15 s between comments. */
  streamSilenceMs: number;
  /** How long to poll, when streams do not get through, before trying one again. */
  streamRetryMs: number;
  /** How long the server may hold a poll, in seconds (at most 60). */
  longPollSeconds: number;
  /** The time between plain polls, when polls are not held either. */
  pollIntervalMs: number;
  /** How long an answer may take, in addition to the time that it is held. */
  requestTimeoutMs: number;
  /** The time between conditional polls beside a stream, which check that it is complete and the server has its database. */
  checkIntervalMs: number;
  /** How long after a snapshot with a lower revision to ask again before it is believed. */
  confirmMs: number;
  /** After this long without a sign of life the console counts as out of reach: `stale`. */
  staleAfterMs: number;
  /** A new cursor is reported within this time, at a random moment. */
  reportSoonMs: number;
  /** The least time between two writes of the state file. */
  stateFileIntervalMs: number;
  /** How long `close()` tries to send counts that are not reported yet. */
  closeTimeoutMs: number;
};

/** The options of `createFlagClient`. */
export type FlagClientOptions = {
  /** The console's address, including the path it is served under, if any. */
  url: string | URL;
  /** A service token with the scopes `flags:read` and `reports:write`. */
  token: string;
  /** This process's name among the runtime's instances, such as its host name: 1 to 64 letters, digits and `._-`. */
  instanceId: string;
  /** The file for the last known flags, so that a start without the console has them. */
  stateFile?: string;
  /** Keeps reports when the process is killed; without it, counts since the last report are lost with the process. */
  reportJournal?: ReportJournal;
  /** Used instead of Node's own `fetch`. */
  fetch?: typeof globalThis.fetch;
  /** How often counts and the applied cursor are reported; by default every 10 s. */
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

/** Checks the options and fills in the defaults. @throws TypeError for options that can never work */
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
