import { onTestFinished } from "vitest";
import {
  createFlagClient,
  type FlagClient,
  type FlagClientEvents,
  type FlagClientOptions,
} from "../src/flag-client.ts";
import { ContractServer, TOKEN } from "./contract-server.ts";

/** What a client told, in order. */
export type SeenEvent = {
  [Name in keyof FlagClientEvents]: { name: Name; event: FlagClientEvents[Name] };
}[keyof FlagClientEvents];

export type WatchedClient = { client: FlagClient; events: SeenEvent[] };

/** Production's timing would make tests last minutes. */
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

/** A client of this server, closed after the test. */
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

/** A console for this test, stopped after it. */
export async function aServer(): Promise<ContractServer> {
  const server = await new ContractServer().start();
  onTestFinished(() => server.stop());
  return server;
}

/** Revisions in the order in which they were told: what must never go back. */
export function revisionsOf(events: readonly SeenEvent[]): number[] {
  return events.flatMap(({ name, event }) => (name === "change" ? [event.revision] : []));
}

export function codesOf(events: readonly SeenEvent[]): string[] {
  return events.flatMap(({ name, event }) => (name === "error" ? [event.code] : []));
}
