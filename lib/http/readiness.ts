import { randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import type { SystemActor } from "../access/actor.ts";
import { readFlagCursor } from "../flags/read-snapshot.ts";

/** Whether this instance can do its work. */
export type Readiness = {
  status: "ok" | "unavailable";
  database: "up" | "down";
  /** Null while the database is away. */
  cursor: string | null;
  instance: string;
};

const PATIENCE_MS = 2_000;

/** One a process, however many copies of this module a bundler makes. */
const slot = Symbol.for("bsuid-console.instance");
const holder = globalThis as { [slot]?: { id: string; probe?: Promise<string | null> } };

/** Asks the database, for two seconds at most. */
export async function readReadiness(requestId: string): Promise<Readiness> {
  holder[slot] ??= { id: randomUUID().slice(0, 8) };
  const instance = holder[slot];
  // Callers share one question: anybody may ask, and a dead database must not fill the pool.
  instance.probe ??= readCursor(requestId).finally(() => {
    delete instance.probe;
  });
  const cursor = await Promise.race([instance.probe, sleep(PATIENCE_MS, null, { ref: false })]);
  return cursor === null
    ? { status: "unavailable", database: "down", cursor, instance: instance.id }
    : { status: "ok", database: "up", cursor, instance: instance.id };
}

async function readCursor(requestId: string): Promise<string | null> {
  const actor: SystemActor = {
    type: "system",
    id: "readyz",
    name: "Readiness probe",
    permissions: ["flag:read"],
    origin: { requestId, channel: "api", ip: null, userAgent: null },
  };
  return await readFlagCursor(actor).catch(() => null);
}
