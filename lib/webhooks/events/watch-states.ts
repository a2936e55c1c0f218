import type { Actor } from "../../access/actor.ts";
import { authorize } from "../../access/authorize.ts";
import { readVerification } from "../../audit/jobs/read-verification.ts";
import { db } from "../../db/client.ts";
import { databaseNow } from "../../db/database-clock.ts";
import { withTurn } from "../../db/with-turn.ts";
import { listRuntimes, type RuntimeRecord } from "../../runtimes/list-runtimes.ts";
import { readSubscribers, type WebhookMessage, writeDeliveries } from "./webhook-message.ts";

/** A runtime that lacks a change for longer is behind; usually it has each within a second. */
const BEHIND_SECONDS = 60;
const WELL = "well";

/** Something that is no entry of the trail: its state, and what receivers are told when it gets into it. */
type Watched = { subject: string; state: string; message: WebhookMessage | null };

/**
 * Tells receivers when a runtime falls silent or behind, and when a verification finds the trail broken: once
 * each time it comes to that. One console at a time does it. Takes `webhook:deliver`, `number:read` and
 * `audit:read`, which only the console itself has together.
 */
export async function watchStates(actor: Actor): Promise<void> {
  authorize(actor, "webhook:deliver");
  await withTurn("webhook-states", async () => {
    const now = databaseNow();
    const runtimes = await listRuntimes(actor);
    const watched = runtimes.map((runtime) => toWatchedRuntime(runtime, now));
    const trail = await readTrail(actor);
    await tellChanges(trail ? [...watched, trail] : watched, now);
  });
}

function toWatchedRuntime(runtime: RuntimeRecord, happenedAt: Date): Watched {
  const { instanceId, revisionsBehind, lagSeconds, lastHeardAt } = runtime;
  const subject = `runtime ${instanceId}`;
  const type = toRuntimeEvent(runtime);
  if (type === null) return { subject, state: WELL, message: null };
  const data = { instanceId, revisionsBehind, lagSeconds, lastHeardAt };
  return { subject, state: type, message: { type, happenedAt, data } };
}

/** One with a cursor of another trail is behind, too: it has to begin anew. */
function toRuntimeEvent({ isLive, lagSeconds }: RuntimeRecord) {
  if (!isLive) return "runtime.silent";
  return lagSeconds === null || lagSeconds > BEHIND_SECONDS ? "runtime.behind" : null;
}

async function readTrail(actor: Actor): Promise<Watched | null> {
  const verification = await readVerification(actor);
  if (!verification) return null;
  const { isWhole, throughSeq, verifiedAt } = verification;
  if (isWhole) return { subject: "trail", state: WELL, message: null };
  const data = { seq: throughSeq, verifiedAt: verifiedAt.toISOString() };
  const message = { type: "audit.broken", happenedAt: verifiedAt, data } as const;
  return { subject: "trail", state: `audit.broken ${throughSeq}`, message };
}

async function tellChanges(watched: readonly Watched[], since: Date): Promise<void> {
  await db().$transaction(async (tx) => {
    const rows = await tx.watchedState.findMany();
    const stored = new Map(rows.map(({ subject, state }) => [subject, state]));
    const changed = watched.filter(({ subject, state }) => (stored.get(subject) ?? WELL) !== state);
    for (const { subject, state } of changed) {
      const data = { state, since };
      await tx.watchedState.upsert({
        where: { subject },
        update: data,
        create: { subject, ...data },
      });
    }
    const present = watched.map(({ subject }) => subject);
    await tx.watchedState.deleteMany({ where: { subject: { notIn: present } } });
    const messages = changed.flatMap(({ message }) => message ?? []);
    await writeDeliveries(tx, { messages, endpoints: await readSubscribers(tx) });
  });
}
