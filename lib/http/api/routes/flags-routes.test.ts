import { beforeAll, expect, test } from "vitest";
import { useTestDatabase } from "#testing/database/use-test-database.ts";
import { aNumber, aPerson } from "#testing/factories.ts";
import { anApiToken } from "#testing/http/api-token.ts";
import { callApi } from "#testing/http/call-api.ts";
import { db } from "../../../db/client.ts";
import { flagFeed } from "../../../flags/flag-feed.ts";
import { setFlag } from "../../../flags/set-flag.ts";
import { flagDeltaSchema, flagSchema, flagSnapshotSchema } from "../schemas/flag-schema.ts";

useTestDatabase();

let token: string;

beforeAll(async () => {
  token = await anApiToken("flags:read");
});

/** Waits until this process has its own flip, which arrives by notification a moment later. */
const arrive = () => flagFeed().refresh(5_000);

async function readSnapshot(path = "/api/v1/flags") {
  await arrive();
  const { status, headers, body } = await callApi(`GET ${path}`, { token });
  expect(status).toBe(200);
  return { headers, ...flagSnapshotSchema.parse(body) };
}

test("the snapshot names the numbers that are on, sorted, and no others", async () => {
  const on = [await aNumber({ accepts: true }), await aNumber({ accepts: true })];
  const off = await aNumber();
  const snapshot = await readSnapshot();
  expect(snapshot.accepts).toEqual(expect.arrayContaining(on));
  expect(snapshot.accepts).not.toContain(off);
  expect(snapshot.accepts).toEqual(snapshot.accepts.toSorted());
  expect(snapshot.cursor).toMatch(new RegExp(`^${snapshot.revision}\\.[0-9a-f]{8}$`));
  expect(snapshot.headers.get("etag")).toBe(`"${snapshot.cursor}"`);
  expect(snapshot.headers.get("cache-control")).toBe("private, no-cache");
});

test("an up-to-date client gets 304 with the ETag until a flag changes", async () => {
  const { cursor } = await readSnapshot();
  for (const condition of [`"${cursor}"`, `W/"${cursor}"`, `"0.0", "${cursor}"`, "*"]) {
    const headers = { "if-none-match": condition };
    const answer = await callApi("GET /api/v1/flags", { token, headers });
    expect([answer.status, answer.body]).toEqual([304, null]);
    expect(answer.headers.get("etag")).toBe(`"${cursor}"`);
    expect(answer.headers.get("cache-control")).toBe("private, no-cache");
  }
  await aNumber({ accepts: true });
  await arrive();
  const headers = { "if-none-match": `"${cursor}"` };
  const changed = await callApi("GET /api/v1/flags", { token, headers });
  expect(changed.status).toBe(200);
  expect(flagSnapshotSchema.parse(changed.body).cursor).not.toBe(cursor);
});

test("a cursor of another timeline with the same revision gets no 304", async () => {
  const { revision } = await readSnapshot();
  const headers = { "if-none-match": `"${revision}.00000000"` };
  expect((await callApi("GET /api/v1/flags", { token, headers })).status).toBe(200);
});

test("since returns what changed, each number once with its latest value", async () => {
  const { cursor } = await readSnapshot();
  const [first, second] = [await aNumber({ accepts: true }), await aNumber({ accepts: true })];
  const support = await aPerson("support");
  const off = { phoneNumberId: first, acceptsBsuid: false, reason: "Not yet after all" };
  const { number, cursor: now } = await setFlag(support, off);
  await arrive();
  const { body } = await callApi(`GET /api/v1/flags?since=${cursor}&later=1`, { token });
  expect(flagDeltaSchema.parse(body)).toEqual({
    kind: "delta",
    since: cursor,
    cursor: now,
    revision: number.flagRevision,
    changes: [
      { phoneNumberId: second, acceptsBsuid: true, revision: number.flagRevision - 1 },
      { phoneNumberId: first, acceptsBsuid: false, revision: number.flagRevision },
    ],
  });
});

test("since the current cursor returns an empty delta", async () => {
  const { cursor, revision } = await readSnapshot();
  const { body } = await callApi(`GET /api/v1/flags?since=${cursor}`, { token });
  expect(body).toEqual({ kind: "delta", since: cursor, cursor, revision, changes: [] });
});

test.each(["nonsense", "1.deadbeef", "999999.deadbeef", ""])(
  "since a cursor that this timeline does not know, %j, returns a snapshot",
  async (since) => {
    expect((await readSnapshot(`/api/v1/flags?since=${since}`)).kind).toBe("snapshot");
  },
);

test("since given twice is refused", async () => {
  const answer = await callApi("GET /api/v1/flags?since=1.a&since=2.b", { token });
  expect(answer).toMatchObject({ status: 400, body: { errors: [{ path: "since" }] } });
});

test("one flag is answered for a number that is on, off, retired or unknown", async () => {
  const retired = await aNumber({ isRetired: true });
  const on = await aNumber({ accepts: true });
  await arrive();
  for (const [id, acceptsBsuid, known] of [
    [on, true, true],
    [await aNumber(), false, true],
    [retired, false, false],
    ["999999", false, false],
  ] as const) {
    const { status, body } = await callApi(`GET /api/v1/flags/${id}`, { token });
    expect(status).toBe(200);
    expect(flagSchema.parse(body)).toMatchObject({ phoneNumberId: id, acceptsBsuid, known });
  }
});

test("a malformed phone_number_id is 400, and names the field", async () => {
  for (const id of ["12a", "1".repeat(33), "-1", "%20", "٣"]) {
    const answer = await callApi(`GET /api/v1/flags/${id}`, { token });
    expect(answer).toMatchObject({ status: 400, body: { errors: [{ path: "phoneNumberId" }] } });
  }
});

test("one flag's ETag changes when its number is retired, although no flag did", async () => {
  const id = await aNumber();
  const before = await callApi(`GET /api/v1/flags/${id}`, { token });
  const headers = { "if-none-match": before.headers.get("etag") ?? "" };
  expect((await callApi(`GET /api/v1/flags/${id}`, { token, headers })).status).toBe(304);
  await db().number.update({ where: { phoneNumberId: id }, data: { retiredAt: new Date() } });
  const after = await callApi(`GET /api/v1/flags/${id}`, { token, headers });
  expect(after).toMatchObject({ status: 200, body: { known: false } });
});
