import { describe, expect, test } from "vitest";
import { whileAuditFails } from "#testing/database/break-audit.ts";
import { useTestDatabase } from "#testing/database/use-test-database.ts";
import { aNumber, anOrigin, aPerson, aSystem, aToken } from "#testing/factories.ts";
import { readEvents } from "#testing/trail/read-events.ts";
import { refusals } from "../access/refusal-log.ts";
import { REASON_LENGTH } from "../audit/reason-length.ts";
import { verifyTrail } from "../audit/verify/verify-trail.ts";
import { db } from "../db/client.ts";
import { getNumber } from "../numbers/get-number.ts";
import { setPersonDisabled } from "../people/set-person-disabled.ts";
import { setPersonRole } from "../people/set-person-role.ts";
import { authenticateToken } from "../tokens/authenticate-token.ts";
import { revokeToken } from "../tokens/revoke-token.ts";
import { MAX_CHANGES } from "./max-changes.ts";
import { RefusedChanges } from "./refused-changes.ts";
import { setFlags } from "./set-flags.ts";

const database = useTestDatabase();

const REASON = "Acme asked for it in writing";
const on = (phoneNumberId: string) => ({ phoneNumberId, acceptsBsuid: true });
const off = (phoneNumberId: string) => ({ phoneNumberId, acceptsBsuid: false });

const eventsOf = (phoneNumberId: string) => readEvents({ targetId: phoneNumberId });
const flagOf = (phoneNumberId: string) =>
  db().number.findUniqueOrThrow({ where: { phoneNumberId } });
/** Refusals are recorded aside, a moment later. */
const countEvents = () => db().auditEvent.count({ where: { outcome: "success" } });

describe("setFlags", () => {
  test("switches a number on, with its event, revision and version", async () => {
    const support = await aPerson("support");
    const id = await aNumber({ label: "Suporte", displayPhoneNumber: "+5511912345678" });
    const before = await db().ledger.findUniqueOrThrow({ where: { id: 1 } });

    const ticketUrl = "https://support.example.com/t/1";
    const result = await setFlags(support, { changes: [on(id)], reason: ` ${REASON} `, ticketUrl });

    expect(result.unchanged).toEqual([]);
    expect(result.changed).toEqual([await getNumber(support, id)]);
    expect(result.changed[0]).toMatchObject({
      acceptsBsuid: true,
      flagVersion: 1,
      flagRevision: Number(before.revision) + 1,
      flagChangedBy: { email: support.email, name: support.name },
    });
    const [event] = await eventsOf(id);
    expect(event).toMatchObject({
      seq: Number(before.seq) + 1,
      action: "flag.enabled",
      outcome: "success",
      actorType: "person",
      actorId: support.id,
      actorEmail: support.email,
      actorName: support.name,
      actorRole: "support",
      targetType: "number",
      targetDisplay: "Suporte (+5511912345678)",
      before: { acceptsBsuid: false },
      after: { acceptsBsuid: true },
      reason: REASON,
      ticketUrl,
      revision: Number(before.revision) + 1,
      requestId: support.origin.requestId,
      channel: "api",
      ip: "127.0.0.1",
      prevHash: before.headHash,
    });
    expect(result.cursor).toBe(`${event?.revision}.${event?.hash.slice(0, 8)}`);
  });

  test("switches off again, as a new change", async () => {
    const support = await aPerson("support");
    const id = await aNumber({ accepts: true });
    await setFlags(support, { changes: [off(id)], reason: REASON });
    expect(await flagOf(id)).toMatchObject({ acceptsBsuid: false, flagVersion: 2 });
    expect((await eventsOf(id)).map(({ action }) => action)).toEqual([
      "flag.enabled",
      "flag.disabled",
    ]);
  });

  test("writes nothing when the flag already has the value", async () => {
    const support = await aPerson("support");
    const id = await aNumber({ accepts: true });
    const before = await countEvents();
    const result = await setFlags(support, { changes: [on(id)], reason: REASON });
    expect(result.changed).toEqual([]);
    expect(result.unchanged.map(({ flagVersion }) => flagVersion)).toEqual([1]);
    expect(await countEvents()).toBe(before);
  });

  test("separates changed from unchanged in a bulk change, and gives its events one batch", async () => {
    const support = await aPerson("support");
    const already = await aNumber({ accepts: true });
    const ids = [await aNumber(), await aNumber()];
    const changes = [...ids, already].map(on);
    const result = await setFlags(support, { changes, reason: REASON });
    expect(result.changed.map(({ phoneNumberId }) => phoneNumberId)).toEqual(ids);
    expect(result.unchanged.map(({ phoneNumberId }) => phoneNumberId)).toEqual([already]);
    const batches = (await Promise.all(ids.map(eventsOf))).flat().map(({ batchId }) => batchId);
    expect(new Set(batches).size).toBe(1);
    expect(batches[0]).not.toBeNull();
  });

  test("with dryRun returns what would change, and changes nothing", async () => {
    const support = await aPerson("support");
    const id = await aNumber();
    const before = await countEvents();
    const result = await setFlags(support, { changes: [on(id)], reason: REASON, dryRun: true });
    expect(result.changed).toMatchObject([{ phoneNumberId: id, acceptsBsuid: true }]);
    expect(await flagOf(id)).toMatchObject({ acceptsBsuid: false, flagVersion: 0 });
    expect(await countEvents()).toBe(before);
  });

  test("changes ten thousand numbers at once, all or nothing", async () => {
    const support = await aPerson("support");
    const accountId = (await flagOf(await aNumber())).accountId;
    const ids = Array.from({ length: MAX_CHANGES }, (_, i) => `77${String(i).padStart(13, "0")}`);
    const same = { accountId, displayPhoneNumber: "+15550100199", portfolioId: "1", wabaId: "1" };
    await db().number.createMany({
      data: ids.map((phoneNumberId) => ({ phoneNumberId, label: phoneNumberId, ...same })),
    });
    const unknown = { changes: [...ids.slice(1), "42"].map(on), reason: REASON };
    await expect(setFlags(support, unknown)).rejects.toThrow(RefusedChanges);
    expect(await db().number.count({ where: { accountId, acceptsBsuid: true } })).toBe(0);
    const result = await setFlags(support, { changes: ids.map(on), reason: REASON });
    expect(result.changed).toHaveLength(MAX_CHANGES);
    expect(await db().number.count({ where: { accountId, acceptsBsuid: true } })).toBe(MAX_CHANGES);
    // Ten thousand numbers are made, refused once and changed once.
  }, 60_000);
});

describe("setFlags refuses, and leaves nothing behind:", () => {
  test("unknown, retired, repeated and stale numbers, each by name", async () => {
    const support = await aPerson("support");
    const [fine, retired, moved] = [
      await aNumber(),
      await aNumber({ isRetired: true }),
      await aNumber({ accepts: true }),
    ];
    const changes = [
      on(fine),
      on("424242"),
      on(retired),
      on(fine),
      { ...off(moved), expectedVersion: 0 },
    ];
    const before = await countEvents();
    const refused = await setFlags(support, { changes, reason: REASON }).catch((e: unknown) => e);
    expect(refused).toBeInstanceOf(RefusedChanges);
    expect(refused).toMatchObject({
      code: "INVALID_INPUT",
      refusals: [
        { why: "unknown", index: 1 },
        { why: "retired", index: 2 },
        { why: "repeated", index: 3 },
        { why: "stale", index: 4, current: { flagVersion: 1 } },
      ],
      issues: [
        { path: "changes[1].phoneNumberId", message: expect.stringContaining("424242") },
        { path: "changes[2].phoneNumberId", message: expect.stringContaining(retired) },
        { path: "changes[3].phoneNumberId", message: expect.stringContaining(fine) },
        { path: "changes[4].phoneNumberId", message: expect.stringContaining("v1") },
      ],
    });
    expect(await flagOf(fine)).toMatchObject({ acceptsBsuid: false, flagVersion: 0 });
    expect(await countEvents()).toBe(before);
  });

  test.each([
    ["no reason", {}, "reason"],
    ["a reason of four characters and spaces", { reason: "  abcd  " }, "reason"],
    [
      "a reason that is a character too long",
      { reason: "x".repeat(REASON_LENGTH.max + 1) },
      "reason",
    ],
    ["a reason that PostgreSQL cannot store", { reason: "because\u0000of this" }, "reason"],
    ["a reason with half a surrogate pair", { reason: "because \ud800 of this" }, "reason"],
    [
      "a ticket with half a surrogate pair",
      { reason: REASON, ticketUrl: "https://example.com/\ud800" },
      "ticketUrl",
    ],
    [
      "a ticket that is a script",
      { reason: REASON, ticketUrl: "javascript:alert(1)" },
      "ticketUrl",
    ],
    ["a field that is not one", { reason: REASON, toggle: true }, ""],
    ["no changes", { reason: REASON, changes: [] }, "changes"],
    [
      "an id in full-width digits",
      { reason: REASON, changes: [on("１２３")] },
      "changes[0].phoneNumberId",
    ],
    [
      "an id with a line break",
      { reason: REASON, changes: [on("123\n")] },
      "changes[0].phoneNumberId",
    ],
    [
      "a number for an id",
      { reason: REASON, changes: [{ phoneNumberId: 123, acceptsBsuid: true }] },
      "changes[0].phoneNumberId",
    ],
    [
      "a word for a value",
      { reason: REASON, changes: [{ phoneNumberId: "123", acceptsBsuid: "true" }] },
      "changes[0].acceptsBsuid",
    ],
  ])("%s", async (_, wrong, path) => {
    const support = await aPerson("support");
    const input = { changes: [on(await aNumber())], ...wrong };
    const before = await countEvents();
    const refused = setFlags(support, input as Parameters<typeof setFlags>[1]);
    await expect(refused).rejects.toMatchObject({ code: "INVALID_INPUT", issues: [{ path }] });
    expect(await countEvents()).toBe(before);
  });

  test("takes a reason of five emoji, and of five hundred", async () => {
    const support = await aPerson("support");
    const id = await aNumber();
    await setFlags(support, { changes: [on(id)], reason: "😀".repeat(5) });
    await setFlags(support, { changes: [off(id)], reason: "😀".repeat(REASON_LENGTH.max) });
    expect(await eventsOf(id)).toHaveLength(2);
  });

  test.each(["account_manager", "auditor"] as const)("somebody with the role %s", async (role) => {
    const actor = await aPerson(role);
    const id = await aNumber();
    const before = await countEvents();
    await expect(setFlags(actor, { changes: [on(id)], reason: REASON })).rejects.toMatchObject({
      code: "FORBIDDEN",
    });
    expect(await flagOf(id)).toMatchObject({ acceptsBsuid: false });
    expect(await countEvents()).toBe(before);
  });

  test("a service token with every scope", async () => {
    const { secret } = await aToken({
      scopes: ["flags:read", "reports:write", "numbers:read", "roster:write", "audit:read"],
    });
    const service = await authenticateToken(secret, anOrigin());
    const input = { changes: [on(await aNumber())], reason: REASON };
    await expect(setFlags(service, input)).rejects.toMatchObject({ code: "FORBIDDEN" });
  });

  test("when the audit event cannot be written", async () => {
    const support = await aPerson("support");
    const ids = [await aNumber(), await aNumber()];
    await refusals().settled();
    const ledger = await db().ledger.findUniqueOrThrow({ where: { id: 1 } });
    await whileAuditFails(database.ownerUrl(), async () => {
      await expect(setFlags(support, { changes: ids.map(on), reason: REASON })).rejects.toThrow();
    });
    for (const id of ids) {
      expect(await flagOf(id)).toMatchObject({ acceptsBsuid: false, flagVersion: 0 });
    }
    expect(await db().ledger.findUniqueOrThrow({ where: { id: 1 } })).toEqual(ledger);
  });
});

describe("an actor whose access ends between the check and the write changes nothing:", () => {
  const admin = aSystem("person:manage", "token:manage");

  test("a token revoked mid-flight", async () => {
    const { id: tokenId, secret } = await aToken({ personId: (await aPerson("support")).id });
    const actor = await authenticateToken(secret, anOrigin());
    await revokeToken(admin, { tokenId, reason: "Left on a shared screen" });
    await expectEnded(actor);
  });

  test("a person disabled mid-flight", async () => {
    const actor = await aPerson("support");
    await setPersonDisabled(admin, { personId: actor.id, isDisabled: true, reason: "Left us" });
    await expectEnded(actor);
  });

  test("a role taken away mid-flight", async () => {
    const actor = await aPerson("support");
    await setPersonRole(admin, { personId: actor.id, role: "auditor", reason: "Moved team" });
    await expectEnded(actor);
  });

  async function expectEnded(actor: Parameters<typeof setFlags>[0]) {
    const id = await aNumber();
    const attempt = setFlags(actor, { changes: [on(id)], reason: REASON });
    await expect(attempt).rejects.toMatchObject({ code: "UNAUTHENTICATED" });
    expect(await flagOf(id)).toMatchObject({ acceptsBsuid: false });
    expect(await eventsOf(id)).toEqual([]);
  }
});

test("after all that, the trail is whole and its replay is the flag table", async () => {
  expect(await verifyTrail(aSystem("audit:read"))).toMatchObject({ isWhole: true });
});
