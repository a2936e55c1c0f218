import { randomUUID } from "node:crypto";
import { beforeAll, expect, test } from "vitest";
import { aBatch } from "#testing/batches.ts";
import { useTestDatabase } from "#testing/database/use-test-database.ts";
import { aNumber, anAccountOfTwo } from "#testing/factories.ts";
import { anApiToken } from "#testing/http/api-token.ts";
import { callApi } from "#testing/http/call-api.ts";
import { readEvents } from "#testing/trail/read-events.ts";

useTestDatabase();

const reason = "It was the wrong account";
let token: string;

beforeAll(async () => {
  token = await anApiToken("support");
});

const undo = (batchId: string, headers: Record<string, string> = {}) =>
  callApi(`POST /api/v1/batches/${batchId}/undo`, { token, body: { reason }, headers });

test("a batch is read, undone, and says by what", async () => {
  const ids = [await aNumber(), await aNumber()];
  const batchId = await aBatch(ids);
  const undone = await undo(batchId);
  expect(undone).toMatchObject({ status: 200, body: { changed: [{}, {}], conflicts: [] } });
  const batch = await callApi(`GET /api/v1/batches/${batchId}`, { token });
  const { batchId: by } = undone.body as { batchId: string };
  expect(batch).toMatchObject({ status: 200, body: { undoneBy: [{ batchId: by }] } });
});

test("where two people are needed the undo is 202 with its request, or 409 on demand", async () => {
  const batchId = await aBatch([await aNumber({ accountId: await anAccountOfTwo() })]);
  expect(await undo(batchId, { prefer: "handling=strict" })).toMatchObject({ status: 409 });
  expect(await undo(batchId)).toMatchObject({
    status: 202,
    body: { request: { state: "open" }, conflicts: [] },
  });
});

test("the same Idempotency-Key undoes once", async () => {
  const batchId = await aBatch([await aNumber()]);
  const headers = { "idempotency-key": randomUUID() };
  const first = await undo(batchId, headers);
  expect(await undo(batchId, headers)).toMatchObject({ status: 200, body: first.body });
  expect(await readEvents({ targetId: batchId })).toHaveLength(1);
});

test("an unknown batch is 404, a malformed id and an unknown parameter 400", async () => {
  const get = (path: string) => callApi(`GET /api/v1/batches/${path}`, { token });
  expect(await get(randomUUID())).toMatchObject({ status: 404 });
  expect(await get("4711")).toMatchObject({
    status: 400,
    body: { errors: [{ path: "batchId", message: "A batch's id is a UUID." }] },
  });
  expect(await get(`${randomUUID()}?all=1`)).toMatchObject({
    status: 400,
    body: { errors: [{ path: "all" }] },
  });
});
