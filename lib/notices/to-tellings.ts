import type { AuditAction, SignedEvent } from "../audit/event.ts";
import { KIND_RULES, type NoticeKind } from "./notice-kinds.ts";
import type { Audience } from "./read-audience.ts";

/** Something to tell one person: one notice a kind and subject, however often it is told. */
export type Telling = {
  personId: string;
  kind: NoticeKind;
  /** An id: of a request, a schedule, a batch, an endpoint. */
  subject: string;
  /** Ids and counts alone: names are looked up when the notice is shown. */
  data: { [name: string]: string | number };
  /** How many things of this kind. */
  count: number;
};

type Topic = Pick<Telling, "kind" | "subject" | "data"> & { people: readonly string[] };

/** The entries after which a request does not wait in the queue any more. */
const REQUEST_ENDS = [
  "request.approved",
  "request.declined",
  "request.withdrawn",
  "request.voided",
  "request.expired",
  "request.failed",
] as const satisfies AuditAction[];

export function isRequestEnd(action: string): boolean {
  return (REQUEST_ENDS as readonly string[]).includes(action);
}

/** Who is to be told what of these entries: what concerns one person twice is one telling. */
export function toTellings(events: readonly SignedEvent[], audience: Audience): Telling[] {
  const tellings = new Map<string, Telling>();
  for (const event of events) {
    const topic = toTopic(event, audience);
    if (!topic) continue;
    const { people, kind, subject, data } = topic;
    for (const personId of people) {
      if (!isTold(personId, { event, kind, audience })) continue;
      const key = [personId, kind, subject].join(" ");
      const earlier = tellings.get(key);
      if (earlier) earlier.count += 1;
      else tellings.set(key, { personId, kind, subject, data, count: 1 });
    }
  }
  return [...tellings.values()];
}

function toTopic(event: SignedEvent, audience: Audience): Topic | null {
  const { target, batchId } = event;
  // Entries of another version's kinds fall through.
  const action = event.action as AuditAction;
  const everybody = [...audience.staff.keys()];
  const about = { subject: target.id, data: {} };
  if (isRequestEnd(action)) return toOutcome(target.id, audience);
  switch (action) {
    case "request.opened":
    case "request.edited":
      return { kind: "request.opened", ...about, people: everybody };
    case "schedule.done":
    case "schedule.failed":
    case "schedule.cancelled": {
      const schedule = audience.schedules.get(target.id);
      if (schedule?.requestId) return toOutcome(schedule.requestId, audience);
      const kind = action === "schedule.done" ? action : "schedule.failed";
      return { kind, ...about, people: schedule ? [schedule.authorId] : [] };
    }
    case "flag.disabled": {
      if (!batchId || !audience.rosterBatches.has(batchId)) return null;
      const admins = everybody.filter((id) => audience.staff.get(id) === "admin");
      const people = new Set([...admins, ...(audience.managers.get(target.id) ?? [])]);
      const data = { phoneNumberId: target.id };
      return { kind: "flag.required", subject: batchId, data, people: [...people] };
    }
    case "flag.forced":
    case "webhook.switched_off":
      return { kind: action, ...about, people: everybody };
    default:
      return null;
  }
}

function toOutcome(requestId: string, { requesters }: Audience): Topic {
  const requester = requesters.get(requestId);
  const people = requester ? [requester] : [];
  return { kind: "request.outcome", subject: requestId, data: {}, people };
}

/** Nobody is told of what they did themselves; but what ran by schedule is nobody's doing, nor a failure. */
function isTold(
  personId: string,
  { event, kind, audience }: { event: SignedEvent; kind: NoticeKind; audience: Audience },
): boolean {
  const role = audience.staff.get(personId);
  if (role === undefined || !KIND_RULES[kind].roles.includes(role)) return false;
  const isOwnAct = event.actor.id === personId && event.channel !== "schedule";
  return !isOwnAct || event.action === "schedule.failed";
}
