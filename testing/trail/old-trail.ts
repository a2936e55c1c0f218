import type pg from "pg";
import { getOrSignHead } from "#lib/audit/head/get-or-sign-head.ts";
import { db } from "#lib/db/client.ts";
import { setFlag } from "#lib/flags/set-flag.ts";
import { withClient } from "#postgres/with-client.ts";
import { aNumber, aPerson } from "../factories.ts";
import { LINE_ENDS } from "../line-ends.ts";
import { rehashTrail } from "./tamper.ts";

/**
 * Fills an empty database with entries 1 to 4 from seven months ago, 5 to 8 from six, 9 to 12 from now.
 * Each is a flip of one of six numbers by the same person, whose reasons contain every line end of
 * Unicode. The heads of 8 and 9 are signed.
 */
export async function anOldTrail(ownerUrl: string) {
  const support = await aPerson("support");
  const numbers: string[] = [];
  for (let count = 0; count < 6; count += 1) numbers.push(await aNumber());
  let flips = 0;
  const flip = async (phoneNumberId: string) => {
    const { acceptsBsuid } = await db().number.findUniqueOrThrow({ where: { phoneNumberId } });
    const reason = `The trail grows by one${LINE_ENDS[flips % LINE_ENDS.length]}as asked`;
    await setFlag(support, { phoneNumberId, acceptsBsuid: !acceptsBsuid, reason });
    flips += 1;
  };
  const [one = "", two = "", three = "", four = "", five = "", six = ""] = numbers;
  for (const id of [one, two, three, four, one, five, two, six]) await flip(id);
  for (let count = 0; count < 4; count += 1) await flip(three);
  await withClient(ownerUrl, age);
  for (const seq of [8n, 9n]) {
    await getOrSignHead(await db().auditEvent.findUniqueOrThrow({ where: { seq } }));
  }
  return { support, numbers, flip };
}

/** Moves entries 1 to 8 into the past; only before any head is signed. */
async function age(owner: pg.Client): Promise<void> {
  await owner.query(`SET session_replication_role = replica;
    UPDATE audit_event SET occurred_at = date_trunc('month', now()) + interval '1 day'
      - make_interval(months => CASE WHEN seq <= 4 THEN 7 ELSE 6 END) WHERE seq <= 8`);
  await rehashTrail(owner, 1);
}
