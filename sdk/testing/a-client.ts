import { onTestFinished } from "vitest";
import {
  createFlagClient,
  type FlagClient,
  type FlagClientEvents,
  type FlagClientOptions,
} from "../src/flag-client.ts";
import { ContractServer, TOKEN } from "./contract-server.ts";

/** An event that a client emitted. */
export type SeenEvent = {
  [Name in keyof FlagClientEvents]: { name: Name; event: FlagClientEvents[Name] };
}[keyof FlagClientEvents];

export type WatchedClient = { client: FlagClient; events: SeenEvent[] };

/** Short times: with production's, tests would take minutes. */
const QUICK = {
  baseBackoffMs: 20,
  maxBackoffMs: 100,
  maxRefusedBackoffMs: 200,
  streamSilenceMs: 300,
  streamRetryMs: 500,
  longPollSeconds: 1,
  pollIntervalMs: 100,
  requestTimeoutMs: 2_000,
  checkIntervalMs: 200,
  confirmMs: 150,
  staleAfterMs: 400,
  reportSoonMs: 20,
  stateFileIntervalMs: 0,
  closeTimeoutMs: 500,
};

const EVENTS = ["ready", "change", "stale", "fresh", "refused", "recovered", "error"] as const;

/** Creates a client of this server; closes it after the test. */
export function aClient(
  url: string,
  { isUnheard = false, ...options }: Partial<FlagClientOptions> & { isUnheard?: boolean } = {},
): WatchedClient {
  const timing = { ...QUICK, ...options.timing };
  const client = createFlagClient({ url, token: TOKEN, instanceId: "rt-1", ...options, timing });
  const events: SeenEvent[] = [];
  for (const name of isUnheard ? [] : EVENTS)
    client.on(name, (event) => events.push({ name, event } as SeenEvent));
  onTestFinished(() => client.close());
  return { client, events };
}

/** Starts a console for this test; stops it after the test. */
export async function aServer(): Promise<ContractServer> {
  const server = await new ContractServer().start();
  onTestFinished(() => server.stop());
  return server;
}

/** The revisions of the events, in order; they must never go back. */
export function revisionsOf(events: readonly SeenEvent[]): number[] {
  return events.flatMap(({ name, event }) => (name === "change" ? [event.revision] : []));
}

export function codesOf(events: readonly SeenEvent[]): string[] {
  return events.flatMap(({ name, event }) => (name === "error" ? [event.code] : []));
}
