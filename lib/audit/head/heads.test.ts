import { createHash, createPublicKey, generateKeyPairSync, verify } from "node:crypto";
import { beforeAll, expect, test } from "vitest";
import { useTestDatabase } from "#testing/database/use-test-database.ts";
import { aNumber, aPerson, aSystem } from "#testing/factories.ts";
import { rehashTrail, tamper } from "#testing/trail/tamper.ts";
import { db } from "../../db/client.ts";
import { parseSigningKey } from "../../ed25519.ts";
import { verifyTrail } from "../verify/verify-trail.ts";
import { auditKeys, toAuditKeys, toKeyMap } from "./audit-keys.ts";
import { getOrSignHead } from "./get-or-sign-head.ts";
import { listPublicKeys } from "./list-public-keys.ts";
import { readHead } from "./read-head.ts";
import { hashHead, isSignedBy, NO_HEAD, type SignedHead, signHead } from "./signed-head.ts";
import { storeHead, toSignedHead } from "./stored-head.ts";

const database = useTestDatabase();
const reader = aSystem("audit:read");

beforeAll(async () => {
  for (let count = 1; count <= 14; count += 1) {
    await aNumber({ accepts: true });
    if (count === 3 || count === 8 || count === 12) await readHead(reader);
  }
});

/** The check as an outsider writes it, from the documentation alone. */
function isRight(head: SignedHead, spki: string): boolean {
  const { origin, seq, hash, signedAt, previous, keyId, signature } = head;
  const text = `{"hash":"${hash}","keyId":"${keyId}","origin":"${origin}","previous":"${previous}","seq":${seq},"signedAt":"${signedAt}"}`;
  const der = Buffer.from(spki, "base64");
  if (createHash("sha256").update(der).digest("hex").slice(0, 16) !== keyId) return false;
  const key = createPublicKey({ key: der, format: "der", type: "spki" });
  return verify(null, Buffer.from(text), key, Buffer.from(signature, "base64"));
}

test("a head is the trail's end, and its signature can be checked with the published key alone", async () => {
  const head = await readHead(reader);
  const { seq, headHash } = await db().ledger.findUniqueOrThrow({ where: { id: 1 } });
  expect(head).toMatchObject({ seq: Number(seq), hash: headHash });
  const [key] = listPublicKeys(reader).filter(({ isActive }) => isActive);
  expect(isRight(head, key?.publicKey ?? "")).toBe(true);
  expect(isRight({ ...head, seq: head.seq + 1 }, key?.publicKey ?? "")).toBe(false);
});

test("a head is signed once, until the trail grows", async () => {
  const head = await readHead(reader);
  expect(await readHead(reader)).toEqual(head);
  await aNumber({ accepts: true });
  expect((await readHead(reader)).seq).toBe(head.seq + 1);
});

test("each head names the one signed before it, by its hash", async () => {
  await readHead(reader);
  const rows = await db().auditHead.findMany({ orderBy: { place: "asc" } });
  const heads = rows.map(toSignedHead);
  expect(heads.map(({ previous }) => previous)).toEqual([
    NO_HEAD,
    ...heads.slice(0, -1).map(hashHead),
  ]);
});

test("consoles that sign at the same moment make one chain", async () => {
  const entries = await db().auditEvent.findMany({ where: { seq: { in: [4n, 5n, 6n, 7n] } } });
  await Promise.all(entries.map((entry) => getOrSignHead(entry)));
  expect(await verifyTrail(reader)).toMatchObject({ isWhole: true });
});

test("those without audit:read get neither head nor keys", async () => {
  const manager = await aPerson("account_manager");
  await expect(readHead(manager)).rejects.toMatchObject({ code: "FORBIDDEN" });
  expect(() => listPublicKeys(manager)).toThrow("may not do this");
});

test.each([
  ["changed", "UPDATE audit_head SET hash = repeat('a', 64)"],
  ["removed", "DELETE FROM audit_head"],
  ["emptied", "TRUNCATE audit_head"],
])("the owner of the database cannot have heads %s without silencing the guard", async (_, sql) => {
  const run = tamper(
    database.ownerUrl(),
    `SET session_replication_role = origin; ${sql}`,
    async () => {},
  );
  await expect(run).rejects.toThrow("signed heads stay as they are");
});

test("a head for an entry that is not in the trail is not stored", async () => {
  const head = { ...(await readHead(reader)), seq: 2, hash: "a".repeat(64) };
  await expect(storeHead(db(), { head, end: null })).rejects.toThrow("is not in the trail");
});

test("the verifier checks every head, and returns the last one", async () => {
  const head = await readHead(reader);
  const heads = await db().auditHead.count();
  expect(heads).toBeGreaterThanOrEqual(4);
  expect(await verifyTrail(reader)).toMatchObject({ isWhole: true, heads, head });
});

const FORGED = "UPDATE audit_event SET reason = 'Somebody else asked for it' WHERE seq = ";

test.each([
  ["from entry 8 on, whose head is the first to show it", 8, 8],
  ["from entry 9 on, shown by the head of entry 12", 9, 12],
])("a chain rewritten %s is caught", async (_, from, seq) => {
  const rewrite = async (owner: Parameters<typeof rehashTrail>[0]) => {
    await owner.query(`${FORGED}${from}`);
    await rehashTrail(owner, from);
  };
  await tamper(database.ownerUrl(), rewrite, async () => {
    const problem = expect.stringMatching(/^Entry \d+ is not the one that was signed on 20/);
    expect(await verifyTrail(reader)).toEqual({ isWhole: false, seq, problem });
  });
});

test("entries removed at the end are missed even if the ledger was changed, too", async () => {
  const cut = async (owner: Parameters<typeof rehashTrail>[0]) => {
    await owner.query("DELETE FROM audit_event WHERE seq > 8");
    await owner.query("UPDATE ledger SET revision = 8");
    await rehashTrail(owner, 9);
    await owner.query(
      "UPDATE ledger SET seq = 8, head_hash = (SELECT hash FROM audit_event WHERE seq = 8)",
    );
  };
  await tamper(database.ownerUrl(), cut, async () => {
    const problem = expect.stringContaining("Entry 9 is missing: entry 12 was signed on");
    expect(await verifyTrail(reader)).toEqual({ isWhole: false, seq: 9, problem });
  });
});

test.each([
  ["its signature", "UPDATE audit_head SET signature = repeat('A', 86) || '==' WHERE seq = 8"],
  ["its time", "UPDATE audit_head SET signed_at = signed_at - interval '1 day' WHERE seq = 8"],
])("a head with %s edited is named", async (_, sql) => {
  await tamper(database.ownerUrl(), sql, async () => {
    const problem = expect.stringContaining("The head of entry 8");
    expect(await verifyTrail(reader)).toEqual({ isWhole: false, seq: 8, problem });
  });
});

test("an unknown key is not trusted, whatever it signed", async () => {
  const stranger = toAuditKeys({ signingKey: newKey(), formerPublicKeys: [] }, "");
  expect(await verifyTrail(reader, { keys: stranger.keys })).toMatchObject({
    isWhole: false,
    seq: 3,
    problem: expect.stringContaining("not known here"),
  });
});

test("after a rotation the former key's heads still count, and the new key signs", async () => {
  const former = auditKeys().signing.publicKey;
  const keys = toAuditKeys({ signingKey: newKey(), formerPublicKeys: [former.text] }, "");
  expect(keys.keys.size).toBe(2);
  expect(await verifyTrail(reader, { keys: keys.keys })).toMatchObject({ isWhole: true });
  const { origin, seq, hash, previous } = await readHead(reader);
  const head = signHead(keys.signing, { origin, seq, hash, previous, at: new Date() });
  expect(isSignedBy(keys.signing.publicKey, head)).toBe(true);
  expect(isSignedBy(former, head)).toBe(false);
  expect(toKeyMap([former]).has(head.keyId)).toBe(false);
});

test("a key may be a PEM file's text, also on one line, and nothing but an Ed25519 key", () => {
  const { privateKey } = generateKeyPairSync("ed25519");
  const pem = privateKey.export({ format: "pem", type: "pkcs8" }).toString();
  const { keyId } = parseSigningKey(pem)?.publicKey ?? {};
  expect(keyId).toMatch(/^[0-9a-f]{16}$/);
  expect(parseSigningKey(pem.replaceAll("\n", "\\n"))?.publicKey.keyId).toBe(keyId);
  const other = generateKeyPairSync("ec", { namedCurve: "P-256" }).privateKey;
  expect(parseSigningKey(other.export({ format: "pem", type: "pkcs8" }).toString())).toBeNull();
});

function newKey(): string {
  const { privateKey } = generateKeyPairSync("ed25519");
  return privateKey.export({ format: "der", type: "pkcs8" }).toString("base64");
}
