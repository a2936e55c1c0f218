import { randomInt } from "node:crypto";
import { beforeAll, expect, test } from "vitest";
import { useTestDatabase } from "#testing/database/use-test-database.ts";
import { aSystem } from "#testing/factories.ts";
import { anApiToken } from "#testing/http/api-token.ts";
import { callApi } from "#testing/http/call-api.ts";
import { setFlags } from "../../../flags/set-flags.ts";

useTestDatabase();

let token: string;
let reader: string;

beforeAll(async () => {
  token = await anApiToken("roster:write");
  reader = await anApiToken("numbers:read");
});

/** A roster entry of a number that no other test has. */
function anEntry(overrides: object = {}) {
  return {
    phoneNumberId: `4${String(randomInt(1e14)).padStart(14, "0")}`,
    displayPhoneNumber: `+55 11 9${randomInt(1e7, 1e8)}`,
    label: "Vendas",
    accountName: "Acme",
    accountExternalId: "acme",
    portfolioId: "900000000000001",
    wabaId: "200000000000001",
    ...overrides,
  };
}

async function put(body: unknown, type = "application/json", query = "") {
  return await callApi(`PUT /api/v1/roster${query}`, {
    token,
    body,
    headers: { "content-type": type },
  });
}

function toLines(entries: readonly object[]): string {
  return entries.map((entry) => `${JSON.stringify(entry)}\n`).join("");
}

async function isKnown(phoneNumberId: string): Promise<boolean> {
  return (await callApi(`GET /api/v1/numbers/${phoneNumberId}`, { token: reader })).status === 200;
}

test("the entries of an array create, update, and leave numbers alone", async () => {
  const [one, two] = [anEntry(), anEntry()];
  expect((await put([one, two])).body).toEqual({ created: 2, updated: 0, unchanged: 0 });
  const renamed = { ...one, label: "Cobranças" };
  expect((await put([renamed, two])).body).toEqual({ created: 0, updated: 1, unchanged: 1 });
});

test("ids and phones that come as JSON numbers keep every digit", async () => {
  const entry = anEntry({ portfolioId: "106540352242921234567" });
  const text = JSON.stringify([entry]).replaceAll(/"([0-9]{12,})"/g, "$1");
  expect(text).toContain(":106540352242921234567,");
  expect(await put(text)).toMatchObject({ status: 200, body: { created: 1 } });
  const stored = await callApi(`GET /api/v1/numbers/${entry.phoneNumberId}`, { token: reader });
  expect(stored.body).toMatchObject({ portfolioId: "106540352242921234567" });
});

test("NDJSON does the same", async () => {
  const entries = [anEntry(), anEntry()];
  const answer = await put(toLines(entries), "application/x-ndjson");
  expect(answer).toMatchObject({ status: 200, body: { created: 2, updated: 0, unchanged: 0 } });
});

test("every bad entry is named by its place, and nothing of the roster is imported", async () => {
  const good = anEntry();
  const entries = [good, anEntry({ label: "" }), anEntry({ displayPhoneNumber: "12" })];
  const asArray = await put(entries);
  expect(asArray).toMatchObject({ status: 400, body: { errors: [{}, {}] } });
  expect(JSON.stringify(asArray.body)).toMatch(/"\[1\][^"]*label".*"\[2\][^"]*displayPhoneNumber"/);
  const asLines = await put(toLines(entries), "application/x-ndjson");
  expect(asLines).toMatchObject({ status: 400, body: { errors: [{}, {}] } });
  expect(JSON.stringify(asLines.body)).toMatch(/"line 2[^"]*label".*"line 3[^"]*display/);
  expect(await isKnown(good.phoneNumberId)).toBe(false);
});

test("a line that is not JSON is named, and nothing of the roster is imported", async () => {
  const good = anEntry();
  const answer = await put(`${toLines([good])}{"phoneNumberId":}\n`, "application/x-ndjson");
  expect(answer).toMatchObject({ status: 400, body: { errors: [{ path: "line 2" }] } });
  expect(await isKnown(good.phoneNumberId)).toBe(false);
});

test("a dry run writes nothing, and an unexpected switching off is refused", async () => {
  const entries = Array.from({ length: 11 }, () => anEntry());
  const dryRun = await put(entries, "application/json", "?dryRun=true");
  expect(dryRun.body).toEqual({
    created: 11,
    updated: 0,
    unchanged: 0,
    wouldSwitchOff: [],
    wouldSwitchOffCount: 0,
  });
  expect(await isKnown(entries[0]?.phoneNumberId ?? "")).toBe(false);
  await put(entries);
  const changes = entries.map(({ phoneNumberId }) => ({ phoneNumberId, acceptsBsuid: true }));
  await setFlags(aSystem("flag:set"), { changes, reason: "They asked for it" });
  const moved = entries.map((entry) => ({ ...entry, portfolioId: "900000000000002" }));
  expect(await put(moved)).toMatchObject({
    status: 409,
    body: { code: "CONFLICT", detail: expect.stringContaining("expectSwitchedOff=11") },
  });
  expect(await put(moved, "application/json", "?expectSwitchedOff=11")).toMatchObject({
    status: 200,
    body: { updated: 11 },
  });
});

test.each(["dryRun=yes", "expectSwitchedOff=-1", "expectSwitchedOff=many", "dryrun=true"])(
  "the parameter %s is refused",
  async (query) => {
    const answer = await put([anEntry()], "application/json", `?${query}`);
    expect(answer).toMatchObject({ status: 400, body: { code: "INVALID_INPUT" } });
  },
);

test("a body of another type or form is refused", async () => {
  expect(await put("a;b", "text/csv")).toMatchObject({ status: 400 });
  expect(await put(anEntry())).toMatchObject({ status: 400 });
});
