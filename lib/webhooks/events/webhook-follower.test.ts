import { beforeEach, expect, test } from "vitest";
import { useTestDatabase } from "#testing/database/use-test-database.ts";
import { aNumber, anAccount, anEndpoint, aPerson, aSchedule, aSystem } from "#testing/factories.ts";
import { aRequest } from "#testing/requests.ts";
import { chainDrafts } from "#testing/trail/chain-drafts.ts";
import { followTrail, MAX_TAKEN } from "../../audit/follow/follow-trail.ts";
import { db } from "../../db/client.ts";
import { setFlag } from "../../flags/set-flag.ts";
import { setFlags } from "../../flags/set-flags.ts";
import { approveRequest } from "../../requests/approve-request.ts";
import { declineRequest } from "../../requests/decline-request.ts";
import { withdrawRequest } from "../../requests/withdraw-request.ts";
import { toMessages } from "./to-messages.ts";
import { webhookFollower } from "./webhook-follower.ts";

useTestDatabase();

const reason = "Asked for by Acme's own Zoë";

/** Everything that waits in the trail. */
async function follow(): Promise<void> {
  while (await followTrail(webhookFollower));
}

beforeEach(async () => {
  await follow();
  await db().webhookEndpoint.deleteMany();
});

async function messagesOf(endpointId: string) {
  await follow();
  const rows = await db().webhookDelivery.findMany({ where: { endpointId } });
  const seqOf = ({ data }: { data: unknown }) => (data as { seq: number }).seq;
  return rows
    .sort((one, other) => seqOf(one) - seqOf(other))
    .map(({ type, data }) => ({ type, data }));
}

test("a flip is told with ids and states alone, to each endpoint that wants it", async () => {
  const { id: wants } = await anEndpoint({ events: ["flag.changed"] });
  const { id: wantsToo } = await anEndpoint();
  const { id: wantsNot } = await anEndpoint({ events: ["flag.batch", "audit.broken"] });
  const support = await aPerson("support");
  const accountId = await anAccount();
  const phoneNumberId = await aNumber({ accountId });
  const { number } = await setFlag(support, { phoneNumberId, acceptsBsuid: true, reason });
  const expected = {
    type: "flag.changed",
    data: {
      seq: expect.any(Number),
      phoneNumberId,
      accountId,
      acceptsBsuid: true,
      revision: number.flagRevision,
      batchId: null,
      personId: support.id,
      onBehalfOfId: null,
    },
  };
  expect(await messagesOf(wants)).toEqual([expected]);
  expect(await messagesOf(wantsToo)).toEqual([expected]);
  expect(await messagesOf(wantsNot)).toEqual([]);
  const [row] = await db().webhookDelivery.findMany({ where: { endpointId: wants } });
  const event = await db().auditEvent.findFirstOrThrow({ where: { targetId: phoneNumberId } });
  expect(row?.happenedAt).toEqual(event.occurredAt);
});

test("flips of one batch are told as one, with its counts and its accounts", async () => {
  const { id: endpointId } = await anEndpoint();
  const accountId = await anAccount();
  const on = await aNumber({ accountId, accepts: true });
  const off = [await aNumber({ accountId }), await aNumber()];
  await follow();
  await db().webhookDelivery.deleteMany();
  const changes = [
    { phoneNumberId: on, acceptsBsuid: false },
    ...off.map((phoneNumberId) => ({ phoneNumberId, acceptsBsuid: true })),
  ];
  await setFlags(await aPerson("support"), { changes, reason });
  const flips = await db().auditEvent.findMany({ orderBy: { seq: "desc" }, take: 3 });
  const [message, ...others] = await messagesOf(endpointId);
  expect(others).toEqual([]);
  expect(message).toMatchObject({
    type: "flag.batch",
    data: {
      batchId: flips[0]?.batchId,
      seq: Number(flips[2]?.seq),
      lastSeq: Number(flips[0]?.seq),
      revision: Number(flips[0]?.revision),
      turnedOn: 2,
      madePhoneOnly: 1,
      accounts: 2,
      accountIds: expect.arrayContaining([accountId]),
    },
  });
});

test("a batch that is read in parts is told once, and whole", async () => {
  const { id: endpointId } = await anEndpoint();
  const changes = [];
  const accountId = await anAccount();
  for (let count = 0; count < MAX_TAKEN + 5; count += 1) {
    changes.push({ phoneNumberId: await aNumber({ accountId }), acceptsBsuid: true });
  }
  await setFlags(await aPerson("support"), { changes, reason });
  expect(await messagesOf(endpointId)).toMatchObject([
    { type: "flag.batch", data: { turnedOn: MAX_TAKEN + 5, accounts: 1, accountIds: [accountId] } },
  ]);
});

test("of a batch of very many accounts the first are named, below 20 kB", async () => {
  const { id: endpointId } = await anEndpoint();
  const changes = [];
  for (let count = 0; count < 400; count += 1) {
    changes.push({ phoneNumberId: await aNumber(), acceptsBsuid: true });
  }
  await setFlags(await aPerson("support"), { changes, reason });
  const [message] = await messagesOf(endpointId);
  expect(message).toMatchObject({ data: { accounts: 400 } });
  expect(message).toHaveProperty("data.accountIds.length", 300);
  expect(Buffer.byteLength(JSON.stringify(message))).toBeLessThan(20_000);
});

test("a request is told when it is opened, decided and void, with both people's ids", async () => {
  const { id: endpointId } = await anEndpoint();
  const [asker, approver] = [await aPerson("support"), await aPerson("support")];
  const request = (numbers: readonly string[]) => aRequest({ by: asker, numbers });
  const [one, two, three] = [await aNumber(), await aNumber(), await aNumber()];
  const approved = await request([one]);
  const declined = await request([two]);
  const voided = await request([two, three]);
  await approveRequest({ ...approver, sessionId: null }, { requestId: approved.id, version: 1 });
  await declineRequest(approver, { requestId: declined.id, reason });
  await setFlag(approver, { phoneNumberId: three, acceptsBsuid: true, reason });
  const withdrawn = await request([two]);
  await withdrawRequest(asker, { requestId: withdrawn.id });
  const opened = (requestId: string, turnOn: number) => ({
    type: "request.opened",
    data: { requestId, state: "open", turnOn, makePhoneOnly: 0, personId: asker.id },
  });
  expect(await messagesOf(endpointId)).toMatchObject([
    opened(approved.id, 1),
    opened(declined.id, 1),
    opened(voided.id, 2),
    {
      type: "request.decided",
      data: { requestId: approved.id, state: "approved", personId: approver.id },
    },
    {
      type: "flag.changed",
      data: { phoneNumberId: one, batchId: expect.any(String), onBehalfOfId: asker.id },
    },
    { type: "request.decided", data: { requestId: declined.id, state: "declined" } },
    { type: "flag.changed", data: { phoneNumberId: three, batchId: null, onBehalfOfId: null } },
    { type: "request.void", data: { requestId: voided.id, state: "void" } },
    opened(withdrawn.id, 1),
  ]);
  const sent = JSON.stringify(await db().webhookDelivery.findMany());
  expect(sent).not.toMatch(/Zoë|Pat|@staff\.test|Number 3|Acme/);
});

test("a schedule that fails is told with its code", async () => {
  const { id: endpointId } = await anEndpoint({ events: ["schedule.failed"] });
  const author = await aPerson("support");
  const phoneNumberId = await aNumber();
  const scheduleId = await aSchedule({ authorId: author.id, phoneNumberId });
  await setFlag(author, { phoneNumberId, acceptsBsuid: true, reason });
  const { failureCode } = await db().schedule.findUniqueOrThrow({ where: { id: scheduleId } });
  expect(failureCode).not.toBeNull();
  expect(await messagesOf(endpointId)).toMatchObject([
    { type: "schedule.failed", data: { scheduleId, state: "failed", failureCode } },
  ]);
});

test("a schedule that was carried out is told with its batch", () => {
  const target = { type: "schedule", id: "s1", display: "Turn on Sales" };
  const schedule = { requestId: "r1", batchId: "b1", failureCode: null };
  const lookups = {
    accountIds: new Map(),
    batches: new Map(),
    requests: new Map(),
    schedules: new Map([["s1", schedule]]),
  };
  const events = chainDrafts([
    { action: "schedule.done", target },
    { action: "schedule.cancelled", target },
    { action: "schedule.done", target, outcome: "failed" },
  ]);
  expect(toMessages(events, lookups)).toMatchObject([
    { type: "schedule.done", data: { scheduleId: "s1", state: "done", ...schedule } },
  ]);
});

test("what happened before an endpoint was made, or while it is off, is not told to it", async () => {
  const flip = async () =>
    setFlag(aSystem("flag:set"), { phoneNumberId: await aNumber(), acceptsBsuid: true, reason });
  await flip();
  await follow();
  const { id: endpointId } = await anEndpoint();
  await db().webhookEndpoint.update({
    where: { id: endpointId },
    data: { isOn: false, switchedOffWhy: "by_hand" },
  });
  await flip();
  await follow();
  await db().webhookEndpoint.update({
    where: { id: endpointId },
    data: { isOn: true, switchedOffWhy: null },
  });
  expect(await messagesOf(endpointId)).toEqual([]);
});
