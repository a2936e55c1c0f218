import { randomUUID } from "node:crypto";
import { db } from "#lib/db/client.ts";
import { setFlags } from "#lib/flags/set-flags.ts";
import { approveRequest } from "#lib/requests/approve-request.ts";
import { aNumber, aPerson } from "#testing/factories.ts";
import { median } from "./harness/median.ts";
import type { Row } from "./harness/row.ts";
import type { Stage } from "./harness/stage.ts";

export const name = "requests";

const ROUNDS = 9;
const A_ROUND = 150;
const DAY_MS = 86_400_000;

/**
 * The approval of a request, which flips its number, against a plain flip of a number: one after the other, each
 * from the call to its commit.
 */
export async function run(stage: Stage): Promise<Row[]> {
  await stage.database();
  const [requester, approver] = await Promise.all([aPerson("support"), aPerson("support")]);
  const phoneNumberId = await aNumber();
  const asked = await aNumber();
  let flips = 0;
  const flip = () =>
    setFlags(requester, {
      changes: [{ phoneNumberId, acceptsBsuid: flips++ % 2 === 0 }],
      reason: "A benchmark flips it",
    });
  const flipMs: number[] = [];
  const approvalMs: number[] = [];
  for (let round = 0; round <= ROUNDS; round += 1) {
    const flipped = await measure(flip);
    let version = round * A_ROUND;
    let approvedMs = 0;
    for (let count = 0; count < A_ROUND; count += 1, version += 1) {
      const requestId = await ask({ requesterId: requester.id, phoneNumberId: asked, version });
      const startedAt = performance.now();
      await approveRequest(approver, { requestId, version: 1 });
      approvedMs += performance.now() - startedAt;
    }
    // The first round warms up.
    if (round === 0) continue;
    flipMs.push(flipped);
    approvalMs.push(approvedMs / A_ROUND);
  }
  return [
    {
      what: "ms an approved request takes",
      value: median(approvalMs),
      reference: { what: "a plain flip", value: median(flipMs) },
      target: { atMost: 1.5 },
    },
  ];
}

async function measure(work: () => Promise<unknown>): Promise<number> {
  const startedAt = performance.now();
  for (let count = 0; count < A_ROUND; count += 1) await work();
  return (performance.now() - startedAt) / A_ROUND;
}

/** Writes a request as `openRequest` does, without its bounds on what one person may ask for. */
async function ask({
  requesterId,
  phoneNumberId,
  version,
}: {
  requesterId: string;
  phoneNumberId: string;
  version: number;
}): Promise<string> {
  const { accountId } = await db().number.findUniqueOrThrow({ where: { phoneNumberId } });
  const id = randomUUID();
  const acceptsBsuid = version % 2 === 0;
  await db().changeRequest.create({
    data: {
      id,
      display: "A benchmark's request",
      reason: "A benchmark asks for it",
      requestedById: requesterId,
      expiresAt: new Date(Date.now() + DAY_MS),
      items: { create: { phoneNumberId, acceptsBsuid, flagVersion: version, accountId } },
    },
  });
  return id;
}
