import { randomUUID } from "node:crypto";
import { describe, expect, test } from "vitest";
import { aBatch } from "#testing/batches.ts";
import { useTestDatabase } from "#testing/database/use-test-database.ts";
import { DOORS, off, type Situation } from "#testing/doors.ts";
import { aNumber, anAccount, aPerson, aSystem } from "#testing/factories.ts";
import { requireTwoPeople } from "#testing/two-people.ts";
import { db } from "../db/client.ts";
import { AppError } from "../errors.ts";
import { getNumber } from "../numbers/get-number.ts";
import { approveRequest } from "../requests/approve-request.ts";
import { retireNumber } from "./retire-number.ts";
import { setFlag } from "./set-flag.ts";

useTestDatabase();

const reason = "Acme asked for it in writing";

/** What the change meets: each rule of the gate, and of who may. */
const RULES = ["plain", "two people", "retired", "stale", "not permitted"] as const;
type Rule = (typeof RULES)[number];

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
  // Where nothing may be changed there is nothing to confirm.
  "bulk selection": { ...PAGE, stale: "CONFLICT" },
  // About what was done, not about a version that somebody saw; a number that retired since is left.
  "undo of a batch, by page": { ...PAGE, retired: "unchanged", stale: "done" },
  "undo of a batch, by API": { ...PAGE, retired: "unchanged", stale: "done" },
  "undo of a person": { ...PAGE, retired: "unchanged", stale: "done" },
  // What Meta's rules force needs nobody's consent.
  "roster move": { ...PAGE, "two people": "done", retired: "done", stale: "done" },
};

async function prepare(rule: Rule): Promise<Situation> {
  const accountId = await anAccount(`Account ${randomUUID().slice(0, 8)}`);
  const phoneNumberId = await aNumber({ accountId });
  const turnedOnBy = await aPerson("support");
  const batchId = await aBatch([phoneNumberId], turnedOnBy);
  if (rule === "two people") {
    await requireTwoPeople(accountId);
  }
  if (rule === "retired") {
    await retireNumber(aSystem("number:retire"), { phoneNumberId, reason });
  }
  const { flagVersion } = await db().number.findUniqueOrThrow({ where: { phoneNumberId } });
  const seen = rule === "stale" ? flagVersion - 1 : flagVersion;
  const role = rule === "not permitted" ? "auditor" : "support";
  return { phoneNumberId, seen, role, turnedOnBy, batchId };
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
