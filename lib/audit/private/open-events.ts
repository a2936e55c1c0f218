import { db } from "../../db/client.ts";
import type { Prisma } from "../../db/generated/client.ts";
import type { AuditEvent, AuditFields, SignedEvent, SignedFields } from "../event.ts";
import { isCommitment, type Opening, type OpenValue } from "./commitment.ts";
import { listCommitments } from "./find-commitments.ts";

type Reader = Pick<Prisma.TransactionClient, "privateValue">;

/** Openings by commitment, in hex; null for a value that was erased. */
export type StoredOpenings = ReadonlyMap<string, Opening | null>;

/** Reads the personal values of entries and puts them in; keeps the order. */
export async function openEvents(
  events: readonly SignedEvent[],
  reader: Reader = db(),
): Promise<AuditEvent[]> {
  const openings = await readOpenings(events, reader);
  return events.map((event) => openEvent(event, openings));
}

/** Reads the openings of these entries' commitments. */
export async function readOpenings(
  events: readonly SignedEvent[],
  reader: Reader = db(),
): Promise<StoredOpenings> {
  const wanted = [...new Set(events.flatMap(listCommitments))];
  if (wanted.length === 0) return new Map();
  const rows = await reader.privateValue.findMany({ where: { commitment: { in: wanted } } });
  return new Map(
    rows.map(({ commitment, salt, value }) => {
      const isErased = salt === null || value === null;
      return [commitment, isErased ? null : { salt, value: value as OpenValue }] as const;
    }),
  );
}

/** An entry with its personal values in place of the commitments; null for each erased one. */
export function openEvent(event: SignedEvent, openings: StoredOpenings): AuditEvent {
  const { actor, target, before, after, origin, onBehalfOf, ...frame } = event;
  const open = <Open>(value: Open): unknown =>
    isCommitment(value) ? (openings.get(value.$private)?.value ?? null) : value;
  const openFields = (fields: SignedFields | null) =>
    fields &&
    (Object.fromEntries(
      Object.entries(fields).map(([name, value]) => [name, open(value)]),
    ) as AuditFields);
  const { identity, ...who } = actor;
  const named = open(identity) as { email: string | null; name: string } | null;
  const from = open(origin) as { ip: string | null; userAgent: string | null } | null;
  const display = open(target.display) as string | null;
  return {
    ...frame,
    actor: { ...who, email: named?.email ?? null, name: named?.name ?? null },
    target: { ...target, display },
    before: openFields(before),
    after: openFields(after),
    ip: from?.ip ?? null,
    userAgent: from?.userAgent ?? null,
    ...(onBehalfOf ? { onBehalfOf: openBehalf(onBehalfOf, open(onBehalfOf.identity)) } : {}),
  };
}

function openBehalf({ id, role }: { id: string; role: string }, identity: unknown): AuditFields {
  const { email = null, name = null } = (identity ?? {}) as { email?: string; name?: string };
  return { id, role, email, name };
}
