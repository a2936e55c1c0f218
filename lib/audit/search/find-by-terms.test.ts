import { beforeAll, expect, test } from "vitest";
import { withClient } from "#postgres/with-client.ts";
import { useTestDatabase } from "#testing/database/use-test-database.ts";
import { aNumber, anAccount, aSystem } from "#testing/factories.ts";
import { db } from "../../db/client.ts";
import { Prisma } from "../../db/generated/client.ts";
import { countMatching, readMatching, toMatching } from "../export/read-matching.ts";
import { type ListAuditEventsInput, listAuditEvents } from "./list-audit-events.ts";
import { resolveFilter } from "./resolve-filter.ts";
import { searchStretches } from "./search-stretches.ts";
import { toStretches } from "./to-stretches.ts";

const database = useTestDatabase();

const auditor = aSystem("audit:read");
/** Far apart, so that they are in some twenty stretches. */
const ENTRIES = 3_000;
const APART = 400;
const DAY = "2024-05-01T12:00:00Z";

type Entry = { seq: number; place: number; targetId: string };
let trail: Entry[] = [];
let account: string;
let numbers: string[];

const isOld = (place: number) => place < 400;
const personOf = (place: number) => (place % 7 === 0 ? "o'brien\\" : `p${place % 3}`);
const reasonOf = (place: number) =>
  `Ticket ${place}: ${isOld(place) ? "the great renaming" : "as asked"}${place === 123 ? ", said Zanzibar" : ""}`;

beforeAll(async () => {
  account = await anAccount();
  numbers = [await aNumber({ accountId: account }), await aNumber()];
  trail = Array.from({ length: ENTRIES }, (_, place) => ({
    seq: (place + 1) * APART,
    place,
    targetId: numbers[place % 5 === 0 ? 0 : 1] as string,
  }));
  const rows = trail.map(({ seq, place, targetId }) => ({
    seq,
    reason: reasonOf(place),
    actor: personOf(place),
    action: place % 2 === 0 ? "flag.enabled" : "flag.disabled",
    outcome: place % 500 === 0 ? "denied" : "success",
    target: targetId,
  }));
  await withClient(database.ownerUrl(), async (owner) => {
    await owner.query("SET session_replication_role = replica");
    await owner.query(
      `INSERT INTO audit_event (seq, id, occurred_at, schema, action, outcome, actor_type, actor_id,
         actor_identity, origin, target_type, target_id, target_display, reason, request_id, channel,
         prev_hash, hash)
       SELECT seq, gen_random_uuid(), $2::timestamptz + seq * interval '1 minute', 1, action, outcome, 'person',
         actor, '{"$private":""}', '{"$private":""}', 'number', target, to_jsonb(target), reason, seq, 'ui', repeat(md5(seq::text), 2), repeat(md5(seq::text), 2)
       FROM jsonb_to_recordset($1) AS r(seq bigint, reason text, actor text, action text, outcome text, target text)`,
      [JSON.stringify(rows), DAY],
    );
    await owner.query("UPDATE ledger SET seq = $1", [ENTRIES * APART]);
    await owner.query("ANALYZE audit_event");
  });
});

const at = (seq: number) => new Date(Date.parse(DAY) + seq * 60_000).toISOString();

/** All pages of a search, by the cursors that it gives out. */
async function findAll(input: ListAuditEventsInput): Promise<number[]> {
  const seqs: number[] = [];
  for (let cursor: string | null | undefined; cursor !== null; ) {
    const page = await listAuditEvents(auditor, { ...input, ...(cursor && { cursor }), limit: 20 });
    seqs.push(...page.items.map(({ seq }) => seq));
    if (seqs.length > 200) return seqs;
    cursor = page.nextCursor;
  }
  return seqs;
}

test.each<[string, () => ListAuditEventsInput, (entry: Entry) => boolean]>([
  ["a word of one old entry", () => ({ reason: "zanzibar" }), (e) => e.place === 123],
  ["a word of no entry", () => ({ reason: "kilimanjaro" }), () => false],
  ["what is no word", () => ({ reason: "½" }), () => false],
  ["a word of old entries only", () => ({ reason: "renaming" }), (e) => isOld(e.place)],
  ["two words that never meet", () => ({ reason: "renaming asked" }), () => false],
  [
    "a person's words",
    () => ({ reason: "renaming", actorId: "p1" }),
    (e) => isOld(e.place) && personOf(e.place) === "p1",
  ],
  [
    "an actor with a quote and a backslash, and an action",
    () => ({ actorId: "o'brien\\", action: "flag.enabled" }),
    (e) => e.place % 14 === 0,
  ],
  [
    "an actor, by what was refused",
    () => ({ actorId: "o'brien\\", outcome: "denied" }),
    (e) => e.place % 3_500 === 0,
  ],
  ["a type of target", () => ({ targetType: "person" }), () => false],
  [
    "a channel with another filter",
    () => ({ channel: "ui", outcome: "denied" }),
    (e) => e.place % 500 === 0,
  ],
  [
    "an account, by an action",
    () => ({ accountId: account, action: "flag.disabled" }),
    (e) => e.place % 10 === 5,
  ],
  [
    "an account's words, by a beginning",
    () => ({ accountId: account, reason: "zan* renaming" }),
    () => false,
  ],
  [
    "words, between times",
    () => ({ reason: "renaming", from: at(300 * APART), to: at(310 * APART) }),
    (e) => e.place >= 299 && e.place < 309,
  ],
  ["a beginning of old words", () => ({ reason: "RENA*" }), (e) => isOld(e.place)],
  [
    "a beginning, and a word that is everywhere",
    () => ({ reason: "ticket zanz*" }),
    (e) => e.place === 123,
  ],
  [
    "a beginning that is everywhere, and a rare word",
    () => ({ reason: "tick* zanzibar" }),
    (e) => e.place === 123,
  ],
  ["two beginnings", () => ({ reason: "zanz* rena*" }), (e) => e.place === 123],
  [
    "a beginning of a person's",
    () => ({ reason: "rena*", actorId: "p2" }),
    (e) => isOld(e.place) && personOf(e.place) === "p2",
  ],
])("all pages have what meets %s, newest first", async (_, input, meets) => {
  const expected = trail
    .filter(meets)
    .map(({ seq }) => seq)
    .reverse();
  const seqs = await findAll(input());
  expect(seqs).toEqual(expected.slice(0, seqs.length));
  expect(seqs.length).toBeGreaterThanOrEqual(Math.min(expected.length, 200));
});

test.each<[string, object, (entry: Entry) => boolean]>([
  ["a word", { reason: "renaming" }, (e) => isOld(e.place)],
  ["words and a beginning", { reason: "ticket zanz*" }, (e) => e.place === 123],
  [
    "words of a person",
    { reason: "asked", actorId: "p1" },
    (e) => !isOld(e.place) && personOf(e.place) === "p1",
  ],
  ["a word of none", { reason: "kilimanjaro" }, () => false],
])("an export by %s has all of them up to its end, oldest first", async (_, filter, meets) => {
  const upTo = 2_000 * APART;
  const matching = await toMatching(await resolveFilter(filter), BigInt(upTo));
  const expected = trail.filter((entry) => meets(entry) && entry.seq <= upTo).map(({ seq }) => seq);
  const seqs: number[] = [];
  for await (const { text } of readMatching(matching, "all")) {
    const lines = text.trimEnd().split("\n");
    seqs.push(...lines.map((line) => Number(JSON.parse(line).seq)));
  }
  expect(seqs).toEqual(expected);
  expect(await countMatching(matching)).toEqual({
    count: expected.length,
    firstSeq: expected[0] ?? null,
    lastSeq: expected.at(-1) ?? null,
  });
});

test("a search that takes too long is cancelled, and says what to do", async () => {
  const search = searchStretches(toStretches({ first: 1n, last: 70_000n }, [1n]), {
    condition: Prisma.sql`pg_sleep(1) IS NOT NULL`,
    accountId: undefined,
    wanted: 1,
  });
  await expect(search).rejects.toMatchObject({
    code: "UNAVAILABLE",
    message: expect.stringContaining("Narrow it"),
  });
  expect(await db().$queryRaw`SELECT current_setting('statement_timeout') AS limit`).toEqual([
    { limit: "0" },
  ]);
});
