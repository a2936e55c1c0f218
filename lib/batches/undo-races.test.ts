import { randomUUID } from "node:crypto";
import { expect, test } from "vitest";
import { aBatch } from "#testing/batches.ts";
import { useTestDatabase } from "#testing/database/use-test-database.ts";
import { aNumber, aPerson } from "#testing/factories.ts";
import { anApiToken } from "#testing/http/api-token.ts";
import { callApi } from "#testing/http/call-api.ts";
import { moveNumber, PLACES } from "#testing/move-number.ts";
import { race, rounds } from "#testing/rounds.ts";
import { expectWholeTrail } from "#testing/trail/expect-whole-trail.ts";
import { readEvents } from "#testing/trail/read-events.ts";
import { db } from "../db/client.ts";
import { retireNumber } from "../flags/retire-number.ts";
import { setFlag } from "../flags/set-flag.ts";
import { undoBatch } from "./undo-batch.ts";
import { undoPerson } from "./undo-person.ts";

useTestDatabase();

const reason = "A race decides";
const numbers = async () => [await aNumber(), await aNumber()];
const isOn = async (phoneNumberId: string) =>
  (await db().number.findUniqueOrThrow({ where: { phoneNumberId } })).acceptsBsuid;
const flipsOf = (id: string) => readEvents({ targetId: id, action: { startsWith: "flag." } });

/** What all of them answered: none was refused. */
function valuesOf<Value>(results: readonly PromiseSettledResult<Value>[]): Value[] {
  return results.map((result) => {
    if (result.status === "rejected") throw result.reason;
    return result.value;
  });
}

test("two undos at once make one batch, and the other finds all of it as it was", async () => {
  for (const _ of rounds(3)) {
    const ids = await numbers();
    const batchId = await aBatch(ids);
    const [one, other] = [await aPerson("support"), await aPerson("admin")];
    const results = await race(
      () => undoBatch(one, { batchId, reason }),
      () => undoBatch(other, { batchId, reason }),
    );
    const done = valuesOf(results);
    expect(done.map(({ changed }) => changed.length).sort()).toEqual([0, 2]);
    expect(done.map(({ unchanged }) => unchanged.length).sort()).toEqual([0, 2]);
    expect(await readEvents({ targetId: batchId })).toHaveLength(1);
  }
});

test.each([
  ["the same Idempotency-Key", 1],
  ["another Idempotency-Key", 2],
])("two undos at once with %s change each number once", async (_, keys) => {
  const token = await anApiToken("support");
  for (const _ of rounds(3)) {
    const ids = await numbers();
    const batchId = await aBatch(ids);
    const path = `POST /api/v1/batches/${batchId}/undo`;
    const first = randomUUID();
    const undo = (key: string) => () =>
      callApi(path, { token, body: { reason }, headers: { "idempotency-key": key } });
    const results = await race(undo(first), undo(keys === 1 ? first : randomUUID()));
    const [one, other] = valuesOf(results);
    expect([one?.status, other?.status]).toEqual([200, 200]);
    if (keys === 1) expect(other?.body).toEqual(one?.body);
    else expect(other?.body).not.toEqual(one?.body);
    for (const id of ids) expect(await flipsOf(id)).toHaveLength(2);
    expect(await readEvents({ targetId: batchId })).toHaveLength(1);
  }
});

test("an undo of a batch and of all that its author did: each number is taken back once", async () => {
  for (const _ of rounds(3)) {
    const ids = await numbers();
    const author = await aPerson("support");
    const batchId = await aBatch(ids, author);
    const [support, admin] = [await aPerson("support"), await aPerson("admin")];
    const since = new Date(Date.now() - 3_600_000).toISOString();
    const expected = { changes: 2, requests: 0 };
    const [, ofPerson] = await race(
      () => undoBatch(support, { batchId, reason }),
      () => undoPerson(admin, { personId: author.id, since, reason, expected }),
    );
    if (ofPerson.status === "rejected") {
      const message = expect.stringMatching(/Close this and look again/);
      expect(ofPerson.reason).toMatchObject({ code: "CONFLICT", message });
    }
    for (const id of ids) expect(await flipsOf(id)).toHaveLength(2);
    expect(await Promise.all(ids.map(isOn))).toEqual([false, false]);
  }
});

test("an undo and a flip at once: the number is taken back once, and the trail tells one story", async () => {
  for (const _ of rounds(3)) {
    const [id = "", other = ""] = await numbers();
    const batchId = await aBatch([id, other]);
    const [support, colleague] = [await aPerson("support"), await aPerson("support")];
    const [undone] = await race(
      () => undoBatch(support, { batchId, reason }),
      () => setFlag(colleague, { phoneNumberId: id, acceptsBsuid: false, reason }),
    );
    const [result] = valuesOf([undone]);
    const isTaken = result?.changed.some(({ phoneNumberId }) => phoneNumberId === id);
    const conflicts = isTaken ? [] : [{ phoneNumberId: id, why: "changed-since" }];
    expect(result?.conflicts).toEqual(conflicts);
    expect(await flipsOf(id)).toHaveLength(2);
    expect(await isOn(id)).toBe(false);
  }
});

test("an undo that turns on, and the number's retirement: it ends retired and off", async () => {
  for (const _ of rounds(3)) {
    const id = await aNumber({ accepts: true });
    const batchId = await aBatch([id], await aPerson("support"), false);
    const [support, admin] = [await aPerson("support"), await aPerson("admin")];
    const [undone, retired] = await race(
      () => undoBatch(support, { batchId, reason }),
      () => retireNumber(admin, { phoneNumberId: id, reason }),
    );
    const [result] = valuesOf([undone]);
    expect(retired.status).toBe("fulfilled");
    const isTurnedOn = result?.changed.length === 1;
    const conflicts = isTurnedOn ? [] : [{ phoneNumberId: id, why: "retired" }];
    expect(result?.conflicts).toEqual(conflicts);
    expect(await flipsOf(id)).toHaveLength(isTurnedOn ? 4 : 2);
    expect(await isOn(id)).toBe(false);
  }
});

test("an undo that turns on, and the number's move to another portfolio: it ends off", async () => {
  for (const _ of rounds(3)) {
    const id = await aNumber({ accepts: true });
    const batchId = await aBatch([id], await aPerson("support"), false);
    const support = await aPerson("support");
    const [undone, moved] = await race(
      () => undoBatch(support, { batchId, reason }),
      () => moveNumber(id, PLACES[0][1]),
    );
    const [result] = valuesOf([undone]);
    expect(moved.status).toBe("fulfilled");
    const isTurnedOn = result?.changed.length === 1;
    const conflicts = isTurnedOn ? [] : [{ phoneNumberId: id, why: "moved" }];
    expect(result?.conflicts).toEqual(conflicts);
    expect(await isOn(id)).toBe(false);
  }
});

test("after all that, the trail is whole", expectWholeTrail);
