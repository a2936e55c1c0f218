import { randomUUID } from "node:crypto";
import { describe, expect, test } from "vitest";
import { useTestDatabase } from "#testing/database/use-test-database.ts";
import { aNumber, anAccount, aPerson, aSchedule, aSystem } from "#testing/factories.ts";
import { anApiToken } from "#testing/http/api-token.ts";
import { callApi } from "#testing/http/call-api.ts";
import { anEntry, toSource } from "#testing/roster.ts";
import { db } from "../db/client.ts";
import type { Role } from "../db/generated/enums.ts";
import { inAuditedTransaction } from "../db/transaction.ts";
import { AppError } from "../errors.ts";
import { getNumber } from "../numbers/get-number.ts";
import { approveRequest } from "../requests/approve-request.ts";
import { importRoster } from "../roster/import-roster.ts";
import { runDueSchedules } from "../schedules/run-due-schedules.ts";
import { forceFlags } from "./force-flags.ts";
import { openRequest } from "./pending/open-request.ts";
import { retireNumber } from "./retire-number.ts";
import { setFlag } from "./set-flag.ts";

useTestDatabase();

const reason = "Acme asked for it in writing";

/** What the change meets: each rule of the gate, and of who may. */
const RULES = ["plain", "two people", "retired", "stale", "not permitted"] as const;
type Rule = (typeof RULES)[number];

/** A number that is on, of an account of its own, to be made phone-only: what every door can do. */
type Situation = {
  phoneNumberId: string;
  /** The version that the actor saw. */
  seen: number;
  role: Role;
};

/** Makes the number phone-only through one door; returns what came of it. */
type Door = (situation: Situation) => Promise<"done" | "request" | "unchanged">;

const off = (phoneNumberId: string) => ({ phoneNumberId, acceptsBsuid: false });
const toOutcome = (result: { changed: boolean; request: unknown }) =>
  result.request ? "request" : result.changed ? "done" : "unchanged";

/** Sends it with a personal token; the API's refusals as errors. */
async function send(
  call: `${"PUT" | "POST"} /api/v1/${string}`,
  { role }: Situation,
  { body, headers = {} }: { body: object; headers?: Record<string, string> },
) {
  const answer = await callApi(call, { token: await anApiToken(role), body, headers });
  if (answer.status === 202) return "request" as const;
  const { code, errors } = answer.body as { code?: string; errors?: unknown };
  if (answer.status >= 400) throw Object.assign(new Error(String(code)), { code, errors });
  const { changed } = answer.body as { changed: boolean | unknown[] };
  return (Array.isArray(changed) ? changed.length > 0 : changed) ? ("done" as const) : "unchanged";
}

const DOORS: Readonly<Record<string, Door>> = {
  page: async ({ phoneNumberId, seen, role }) => {
    const change = { ...off(phoneNumberId), expectedVersion: seen, reason };
    return toOutcome(await setFlag(await aPerson(role), change));
  },
  "PUT flag": async (situation) =>
    await send(`PUT /api/v1/numbers/${situation.phoneNumberId}/flag`, situation, {
      body: { acceptsBsuid: false, reason },
      headers: { "if-match": `"v${situation.seen}"` },
    }),
  "PUT flag, strictly": async (situation) =>
    await send(`PUT /api/v1/numbers/${situation.phoneNumberId}/flag`, situation, {
      body: { acceptsBsuid: false, reason },
      headers: { "if-match": `"v${situation.seen}"`, prefer: "handling=strict" },
    }),
  "flag-changes": async (situation) =>
    await send("POST /api/v1/flag-changes", situation, {
      body: {
        changes: [{ ...off(situation.phoneNumberId), expectedVersion: situation.seen }],
        reason,
      },
    }),
  "break-glass": async ({ phoneNumberId, seen, role }) => {
    const changes = [{ ...off(phoneNumberId), expectedVersion: seen }];
    const actor = await aPerson(role === "support" ? "admin" : role);
    const { changed } = await forceFlags(actor, { changes, reason, forceReason: reason });
    return changed.length > 0 ? "done" : "unchanged";
  },
  approval: async ({ phoneNumberId, seen, role }) => {
    const asker = await aPerson("support");
    const number = { ...(await getNumber(asker, phoneNumberId)), flagVersion: seen };
    const wish = { targets: [{ number, acceptsBsuid: false }], reason };
    const request = await inAuditedTransaction(asker, (tx) => openRequest(tx, wish));
    const approving = { requestId: request.id, version: 1 };
    return (await approveRequest(await aPerson(role), approving)).state === "approved"
      ? "done"
      : "request";
  },
  schedule: async ({ phoneNumberId, seen, role }) => {
    const { id: authorId } = await aPerson(role);
    const change = { phoneNumberId, flagVersion: seen, acceptsBsuid: false };
    const id = await aSchedule({ authorId, ...change, at: new Date(Date.now() - 1_000) });
    await runDueSchedules(aSystem("schedule:run"));
    const { state, failureCode } = await db().schedule.findUniqueOrThrow({ where: { id } });
    if (state === "done") return "done";
    throw Object.assign(new Error(state), { code: failureCode });
  },
  "retire, by page": async ({ phoneNumberId, role }) => {
    const { changed } = await retireNumber(await aPerson(role), { phoneNumberId, reason });
    return changed ? "done" : "unchanged";
  },
  "retire, by API": async (situation) =>
    await send(`PUT /api/v1/numbers/${situation.phoneNumberId}/retired`, situation, {
      body: { reason },
    }),
  "roster move": async ({ phoneNumberId, role }) => {
    const { displayPhoneNumber, label, wabaId, account } = await db().number.findUniqueOrThrow({
      where: { phoneNumberId },
      include: { account: true },
    });
    const entry = { ...anEntry(), phoneNumberId, displayPhoneNumber, label, wabaId };
    const owner = { accountExternalId: account.externalId, accountName: account.name };
    const actor = role === "support" ? aSystem("roster:write") : await aPerson(role);
    const moved = { ...entry, ...owner, portfolioId: "900000000000777" };
    await importRoster(actor, toSource([moved]));
    return "done";
  },
};

type Expected = Readonly<Record<Rule, string>>;

/** What comes of each rule on the page; below, each door and where it differs from that. */
const PAGE: Expected = {
  plain: "done",
  "two people": "request",
  retired: "CONFLICT",
  stale: "PRECONDITION_FAILED",
  "not permitted": "FORBIDDEN",
};

const EXPECTED: Readonly<Record<keyof typeof DOORS, Expected>> = {
  page: PAGE,
  "PUT flag": PAGE,
  "PUT flag, strictly": { ...PAGE, "two people": "CONFLICT" },
  // Names each number that is wrong.
  "flag-changes": { ...PAGE, retired: "INVALID_INPUT", stale: "INVALID_INPUT" },
  // Only where two people are needed; names each number that is wrong.
  "break-glass": {
    ...PAGE,
    plain: "CONFLICT",
    "two people": "done",
    retired: "INVALID_INPUT",
    stale: "INVALID_INPUT",
  },
  approval: { ...PAGE, "two people": "done", retired: "CONFLICT", stale: "CONFLICT" },
  // What its author reads; where two people are needed, a request is opened in their name.
  schedule: {
    plain: "done",
    "two people": "NEEDS_TWO_PEOPLE",
    retired: "RETIRED",
    stale: "STALE",
    "not permitted": "NOT_PERMITTED",
  },
  // Has no version: it is not about the flag.
  "retire, by page": { ...PAGE, "two people": "CONFLICT", retired: "unchanged", stale: "done" },
  "retire, by API": { ...PAGE, "two people": "CONFLICT", retired: "unchanged", stale: "done" },
  // What Meta's rules force needs nobody's consent.
  "roster move": { ...PAGE, "two people": "done", retired: "done", stale: "done" },
};

async function prepare(rule: Rule): Promise<Situation> {
  const accountId = await anAccount(`Account ${randomUUID().slice(0, 8)}`);
  const phoneNumberId = await aNumber({ accountId, accepts: true });
  if (rule === "two people") {
    await db().account.update({ where: { id: accountId }, data: { needsTwoPeople: true } });
  }
  if (rule === "retired") {
    await retireNumber(aSystem("number:retire"), { phoneNumberId, reason });
  }
  const { flagVersion } = await db().number.findUniqueOrThrow({ where: { phoneNumberId } });
  const seen = rule === "stale" ? flagVersion - 1 : flagVersion;
  return { phoneNumberId, seen, role: rule === "not permitted" ? "auditor" : "support" };
}

describe.each(Object.entries(DOORS))("through the door %s", (name, door) => {
  test.each(RULES)("%s", async (rule) => {
    const situation = await prepare(rule);
    const { phoneNumberId } = situation;
    const where = { phoneNumberId };
    const before = await db().number.findUniqueOrThrow({ where });
    const outcome = await door(situation).catch((error: unknown) => {
      if (error instanceof AppError || (error instanceof Error && "code" in error)) {
        return (error as { code: string }).code;
      }
      throw error;
    });
    expect(outcome).toBe(EXPECTED[name]?.[rule]);
    const after = await db().number.findUniqueOrThrow({ where });
    const isFlipped = outcome === "done" && rule !== "retired";
    expect(after.acceptsBsuid).toBe(before.acceptsBsuid && !isFlipped);
    const flips = await db().auditEvent.count({
      where: { targetId: phoneNumberId, action: "flag.disabled" },
    });
    expect(flips).toBe(after.flagVersion - 1);
  });
});

test("nobody approves their own request, whatever their role", async () => {
  const { phoneNumberId } = await prepare("two people");
  const admin = await aPerson("admin");
  const asked = await setFlag(admin, { ...off(phoneNumberId), reason });
  const approving = { requestId: asked.request?.id ?? "", version: 1 };
  await expect(approveRequest(admin, approving)).rejects.toMatchObject({ code: "FORBIDDEN" });
  expect((await getNumber(admin, phoneNumberId)).acceptsBsuid).toBe(true);
});
