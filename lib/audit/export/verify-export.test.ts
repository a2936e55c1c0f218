import { generateKeyPairSync } from "node:crypto";
import { createReadStream } from "node:fs";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { useTestDatabase } from "#testing/database/use-test-database.ts";
import { aNumber, aPerson } from "#testing/factories.ts";
import { anApiToken } from "#testing/http/api-token.ts";
import { LINE_ENDS } from "#testing/line-ends.ts";
import { askOutsider, readExport } from "#testing/trail/export-file.ts";
import { setFlag } from "../../flags/set-flag.ts";
import { hashEvent } from "../event.ts";
import { auditKeys } from "../head/audit-keys.ts";
import { type SignedEntry, splitEntry } from "../private/signed-entry.ts";
import { signManifest } from "./manifest.ts";
import { verifyExport } from "./verify-export.ts";

useTestDatabase();

let folder: string;
let token: string;
let whole: string[];

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "exports-"));
  token = await anApiToken("audit:read");
  const support = await aPerson("support");
  for (let count = 0; count < 14; count += 1) {
    const change = { phoneNumberId: await aNumber(), acceptsBsuid: true };
    const ticketUrl = "https://support.example.com/t/1";
    const reason = `Acme asked – ação${LINE_ENDS[count % LINE_ENDS.length]}twice`;
    await setFlag(support, { ...change, reason, ticketUrl });
  }
  whole = (await readExport(token)).split("\n").slice(0, -1);
});

afterAll(() => rm(folder, { recursive: true }));

/** The results of both verifiers for these lines. */
async function verifyLines(lines: readonly string[], end = "\n") {
  const { keys, signing } = auditKeys();
  const file = path.join(folder, "export");
  await writeFile(file, lines.join("\n") + end);
  const ours = await verifyExport(createReadStream(file), { keys });
  return { ours, outsiders: await askOutsider(file, signing.publicKey.text) };
}

const events = () => whole.slice(0, -1).map((line): SignedEntry => JSON.parse(line));
const toText = (changed: readonly unknown[]) => [
  ...changed.map((event) => JSON.stringify(event)),
  whole.at(-1) ?? "",
];

/** With right hashes from an entry on, as somebody does who knows the rules. */
function rehash(trail: SignedEntry[], from: number): SignedEntry[] {
  for (const [index, event] of trail.entries()) {
    if (event.seq < from) continue;
    event.prevHash = trail[index - 1]?.hash ?? event.prevHash;
    event.hash = hashEvent(splitEntry(event).event);
  }
  return trail;
}

test("an untouched export is whole to both verifiers", async () => {
  const { ours, outsiders } = await verifyLines(whole);
  expect(ours).toMatchObject({ isWhole: true, isFiltered: false, manifest: { count: 14 } });
  expect(outsiders).toEqual({ code: 0, said: expect.stringContaining("Whole: 14 entries") });
});

/** Every field of an event, with another value of its kind. */
const EDITS: Record<string, (event: SignedEntry) => unknown> = {
  seq: (event) => ({ ...event, seq: 7 }),
  id: (event) => ({ ...event, id: crypto.randomUUID() }),
  occurredAt: (event) => ({ ...event, occurredAt: "2026-01-01T00:00:00.000Z" }),
  schema: (event) => ({ ...event, schema: 2 }),
  action: (event) => ({ ...event, action: "flag.disabled" }),
  outcome: (event) => ({ ...event, outcome: "denied" }),
  "actor.type": (event) => ({ ...event, actor: { ...event.actor, type: "system" } }),
  "actor.id": (event) => ({ ...event, actor: { ...event.actor, id: "1" } }),
  "actor.identity": (event) => ({
    ...event,
    actor: { ...event.actor, identity: { $private: "a".repeat(64) } },
  }),
  "actor.role": (event) => ({ ...event, actor: { ...event.actor, role: "admin" } }),
  "target.id": (event) => ({ ...event, target: { ...event.target, id: "1" } }),
  "target.display": (event) => ({ ...event, target: { ...event.target, display: "+1" } }),
  before: (event) => ({ ...event, before: null }),
  after: (event) => ({ ...event, after: { acceptsBsuid: false } }),
  reason: (event) => ({ ...event, reason: "Acme asked - ação" }),
  ticketUrl: (event) => ({ ...event, ticketUrl: null }),
  revision: (event) => ({ ...event, revision: null }),
  requestId: (event) => ({ ...event, requestId: "x" }),
  channel: (event) => ({ ...event, channel: "ui" }),
  origin: (event) => ({ ...event, origin: { ip: null, userAgent: null } }),
  "a value beside it": (event) => ({
    ...event,
    private: Object.fromEntries(
      Object.entries(event.private).map(([key, opening]) => [key, { ...opening, value: "x" }]),
    ),
  }),
  "a value beside it, left out": (event) => ({ ...event, private: {} }),
  "a value of nobody's beside it": (event) => ({
    ...event,
    private: { ...event.private, ["a".repeat(64)]: { salt: "c2FsdA", value: "x" } },
  }),
  onBehalfOf: (event) => ({ ...event, onBehalfOf: { id: "x" } }),
  batchId: (event) => ({ ...event, batchId: crypto.randomUUID() }),
  prevHash: (event) => ({ ...event, prevHash: "a".repeat(64) }),
  hash: (event) => ({ ...event, hash: "a".repeat(64) }),
  "a field of its own": (event) => ({ ...event, note: "x" }),
  "after, to a list,": (event) => ({ ...event, after: [1] }),
  "after, to a commitment that is none,": (event) => ({ ...event, after: { x: { $private: 5 } } }),
  "before, to nothing,": (event) => ({ ...event, before: null }),
  "actor, to nothing,": (event) => ({ ...event, actor: null }),
  "private, to nothing,": (event) => ({ ...event, private: null }),
  "a value beside it, to a number,": (event) => ({
    ...event,
    private: Object.fromEntries(Object.keys(event.private).map((name) => [name, 5])),
  }),
};

test.each(Object.keys(EDITS))("when %s of entry 6 is edited, both name entry 6", async (field) => {
  const edited = events().map((event) => (event.seq === 6 ? EDITS[field]?.(event) : event));
  const { ours, outsiders } = await verifyLines(toText(edited));
  const named = field === "seq" ? 7 : 6;
  expect(ours).toMatchObject({ isWhole: false, seq: named });
  expect(outsiders).toEqual({ code: 1, said: expect.stringContaining("ntry 6") });
});

test.each<[string, (trail: SignedEntry[]) => unknown[], number, string]>([
  ["entry 6 is deleted", (trail) => trail.filter(({ seq }) => seq !== 6), 7, "Entry 6 is missing"],
  ["the first is deleted", (trail) => trail.slice(1), 14, ""],
  ["the last ten are deleted", (trail) => trail.slice(0, 4), 4, ""],
  [
    "two are swapped",
    (trail) => [...trail.slice(0, 4), trail[5], trail[4], ...trail.slice(6)],
    5,
    "Entry 5 is out of order",
  ],
  [
    "a forged one is added",
    (trail) => {
      const [last] = trail.slice(-1) as [SignedEntry];
      const forged = { ...last, seq: 15, prevHash: last.hash, revision: 15 };
      return [...trail, { ...forged, hash: hashEvent(splitEntry(forged).event) }];
    },
    15,
    "",
  ],
  ["one is repeated", (trail) => [...trail.slice(0, 6), trail[5], ...trail.slice(6)], 6, ""],
  [
    "the chain is rewritten from entry 6 on",
    (trail) => {
      const forged = trail.map((event) =>
        event.seq === 6 ? { ...event, reason: "Somebody else asked" } : event,
      );
      return rehash(forged, 6);
    },
    14,
    "not the one that was signed",
  ],
])("when %s, both refuse the file", async (_, change, seq, words) => {
  const { ours, outsiders } = await verifyLines(toText(change(events())));
  expect(ours).toMatchObject({ isWhole: false, seq });
  expect(JSON.stringify(ours)).toContain(words);
  expect(outsiders.code).toBe(1);
  expect(outsiders.said).toContain("NOT whole");
});

const manifest = () => JSON.parse(whole.at(-1) ?? "").manifest;

test.each<[string, (of: ReturnType<typeof manifest>) => unknown]>([
  ["its count", (of) => ({ ...of, count: 13 })],
  ["a filter, so that gaps were right", (of) => ({ ...of, filter: { action: "x" } })],
  ["its digest", (of) => ({ ...of, digest: "a".repeat(64) })],
  [
    "the head's time",
    (of) => ({ ...of, head: { ...of.head, signedAt: of.head.signedAt.replace("20", "19") } }),
  ],
  ["the head's hash", (of) => ({ ...of, head: { ...of.head, hash: "a".repeat(64) } })],
  ["its key", (of) => ({ ...of, keyId: "0123456789abcdef" })],
])("a manifest with %s edited is refused by both", async (_, change) => {
  const lines = [...whole.slice(0, -1), JSON.stringify({ manifest: change(manifest()) })];
  const { ours, outsiders } = await verifyLines(lines);
  expect(ours.isWhole).toBe(false);
  expect(outsiders.code).toBe(1);
});

test.each<[string, () => [string[], string?]]>([
  ["without its manifest", () => [whole.slice(0, -1)]],
  ["cut off within a line", () => [[...whole.slice(0, 5), whole[5]?.slice(0, 40) ?? ""], ""]],
  ["with a line after the manifest", () => [[...whole, whole[0] ?? ""]]],
  ["with a damaged line", () => [[whole[0] ?? "", "{", ...whole.slice(2)]]],
  ["that is empty", () => [[]]],
  ["whose last line has no end", () => [whole, ""]],
  ["whose line ends were made CR LF", () => [whole.map((line) => `${line}\r`)]],
  ["that begins with a byte order mark", () => [[`\uFEFF${whole[0]}`, ...whole.slice(1)]]],
  ["with null for a line", () => [["null", ...whole.slice(1)]]],
  ["with null for its manifest", () => [[...whole.slice(0, -1), '{"manifest":null}']]],
  ["with null for its last line", () => [[...whole.slice(0, -1), "null"]]],
  ["with nothing in its manifest", () => [[...whole.slice(0, -1), '{"manifest":{"filter":null}}']]],
  ["with endless levels in its manifest", () => [withManifest({ filter: [] })]],
  ["with a number for a signature", () => [withManifest({ signature: 5 })]],
  ["with a text for erasures", () => [withManifest({ erasures: "none" })]],
  ["with a text for an erasure", () => [withManifest({ erasures: { 3: "none" } })]],
  ["with an entry of nothing", () => [[...whole.slice(0, 5), '{"seq":6}', ...whole.slice(6)]]],
  ["with a key twice", () => [withLine((line) => line.replace("{", '{"seq":6,'))]],
  ["with 1.0 for 1", () => [withLine((line) => line.replace(/"schema" : 1/, '"schema" : 1.0'))]],
])("a file %s is refused by both, in words", async (_, make) => {
  const [lines, end] = make();
  const { ours, outsiders } = await verifyLines(lines, end);
  expect(ours.isWhole).toBe(false);
  expect(outsiders.code).toBe(1);
  expect(outsiders.said).toMatch(/^NOT whole\. .*\n$/);
});

const withManifest = (change: object) => {
  const { filter, ...content } = { ...manifest(), ...change };
  const levels = Array.isArray(filter) ? "[".repeat(20_000) + "]".repeat(20_000) : "null";
  const text = JSON.stringify({ manifest: content });
  return [...whole.slice(0, -1), text.replace('{"manifest":{', `{"manifest":{"filter":${levels},`)];
};

const withLine = (change: (line: string) => string) =>
  whole.map((line, place) => (place === 5 ? change(line) : line));

test("a file with bytes that are not UTF-8 is refused by both", async () => {
  const file = path.join(folder, "damaged");
  const bytes = Buffer.from(`${whole.join("\n")}\n`);
  bytes[bytes.indexOf("ação") + 1] = 0xff;
  await writeFile(file, bytes);
  const { keys, signing } = auditKeys();
  const ours = await verifyExport(createReadStream(file), { keys });
  expect(ours).toMatchObject({ isWhole: false, problem: expect.stringContaining("Line 1") });
  expect(await askOutsider(file, signing.publicKey.text)).toMatchObject({ code: 1 });
});

test("a filtered export is checked line by line, and as the console signed it", async () => {
  const text = await readExport(token, "?from=2020-01-01T00:00:00Z&reason=acme");
  const lines = text.split("\n").slice(0, -1);
  const odd = [...lines.filter((_, place) => place % 2 === 0), lines.at(-1) ?? ""];
  expect((await verifyLines(lines)).ours).toMatchObject({ isWhole: true, isFiltered: true });
  expect((await verifyLines(lines)).outsiders.code).toBe(0);
  const { ours, outsiders } = await verifyLines(odd);
  expect(ours.isWhole).toBe(false);
  expect(outsiders.code).toBe(1);
});

test("a file without entries is not called whole, and one that should have some is refused", async () => {
  const nothing = (await readExport(token, "?outcome=denied")).split("\n").slice(0, -1);
  const { ours, outsiders } = await verifyLines(nothing);
  expect(ours).toMatchObject({ isWhole: true, manifest: { count: 0 } });
  expect(outsiders).toEqual({ code: 2, said: expect.stringContaining("Nothing was checked") });
  expect(outsiders.said).not.toMatch(/whole/i);
  const {
    keyId: _,
    publicKey: __,
    signature: ___,
    ...content
  } = JSON.parse(nothing[0] ?? "").manifest;
  const unfiltered = await verifyLines([
    JSON.stringify({ manifest: signManifest({ ...content, filter: null }) }),
  ]);
  expect(unfiltered.ours).toMatchObject({ isWhole: false });
  expect(unfiltered.outsiders.code).toBe(1);
});

test("an export signed by a key that is not trusted is refused", async () => {
  const file = path.join(folder, "untrusted");
  await writeFile(file, `${whole.join("\n")}\n`);
  const source = () => createReadStream(file);
  const { publicKey } = generateKeyPairSync("ed25519");
  const keys = new Map([["0".repeat(16), { keyId: "0".repeat(16), text: "", key: publicKey }]]);
  expect(await verifyExport(source(), { keys })).toMatchObject({ isWhole: false });
  expect(await verifyExport(source(), { keys: new Map() })).toMatchObject({ isWhole: true });
});
