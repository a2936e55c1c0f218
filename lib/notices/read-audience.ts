import type { SignedEvent } from "../audit/event.ts";
import type { Prisma } from "../db/generated/client.ts";
import type { Role } from "../db/generated/enums.ts";

/** Whom entries of the trail concern, as of now. */
export type Audience = {
  /** Everybody who may sign in. */
  staff: ReadonlyMap<string, Role>;
  requesters: ReadonlyMap<string, string>;
  schedules: ReadonlyMap<string, { authorId: string; requestId: string | null }>;
  /** Of numbers: their account's manager and stand-ins. */
  managers: ReadonlyMap<string, readonly string[]>;
  /** The batches that a roster made, which switch off what Meta's rules say. */
  rosterBatches: ReadonlySet<string>;
};

/** Reads whom these entries concern. */
export async function readAudience(
  tx: Prisma.TransactionClient,
  events: readonly SignedEvent[],
): Promise<Audience> {
  const idsOf = (type: string) => [
    ...new Set(events.filter(({ target }) => target.type === type).map(({ target }) => target.id)),
  ];
  const schedules = await tx.schedule.findMany({
    where: { id: { in: idsOf("schedule") } },
    select: { id: true, authorId: true, requestId: true },
  });
  const requestIds = [
    ...idsOf("request"),
    ...schedules.flatMap(({ requestId }) => requestId ?? []),
  ];
  const requests = await tx.changeRequest.findMany({
    where: { id: { in: requestIds } },
    select: { id: true, requestedById: true },
  });
  const rosterBatches = await readRosterBatches(tx, events);
  const managers = rosterBatches.size === 0 ? new Map() : await readManagers(tx, idsOf("number"));
  return {
    staff: await readStaff(tx),
    requesters: new Map(requests.map(({ id, requestedById }) => [id, requestedById])),
    schedules: new Map(schedules.map(({ id, ...schedule }) => [id, schedule])),
    managers,
    rosterBatches,
  };
}

async function readStaff(tx: Prisma.TransactionClient): Promise<Map<string, Role>> {
  const people = await tx.person.findMany({
    where: { disabledAt: null },
    select: { id: true, role: true },
  });
  return new Map(people.map(({ id, role }) => [id, role]));
}

async function readRosterBatches(
  tx: Prisma.TransactionClient,
  events: readonly SignedEvent[],
): Promise<Set<string>> {
  const batchIds = new Set(events.flatMap(({ batchId }) => batchId ?? []));
  const imports = await tx.auditEvent.findMany({
    where: { batchId: { in: [...batchIds] }, action: "roster.imported" },
    select: { batchId: true },
  });
  return new Set(imports.flatMap(({ batchId }) => batchId ?? []));
}

async function readManagers(
  tx: Prisma.TransactionClient,
  phoneNumberIds: string[],
): Promise<Map<string, string[]>> {
  const numbers = await tx.number.findMany({
    where: { phoneNumberId: { in: phoneNumberIds } },
    select: {
      phoneNumberId: true,
      account: { select: { managerId: true, standIns: { select: { personId: true } } } },
    },
  });
  return new Map(
    numbers.map(({ phoneNumberId, account: { managerId, standIns } }) => [
      phoneNumberId,
      [...(managerId ? [managerId] : []), ...standIns.map(({ personId }) => personId)],
    ]),
  );
}
