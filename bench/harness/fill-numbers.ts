import { db } from "#lib/db/client.ts";
import { MAX_CHANGES } from "#lib/flags/max-changes.ts";
import { setFlags } from "#lib/flags/set-flags.ts";
import { anAccount, aSystem } from "#testing/factories.ts";

const ROWS_PER_STATEMENT = 20_000;
/** Meta's phone_number_ids have 15 digits, close together for one portfolio. */
const FIRST_ID = 106_540_000_000_000;
const ID_STEP = 104_729;

/** Inserts phone-only numbers `from` to `to` (exclusive) with every trigger enabled. Returns their ids. */
export async function fillNumbers({ from, to }: { from: number; to: number }): Promise<string[]> {
  const accountId = await anAccount("A benchmark's account");
  for (let start = from; start < to; start += ROWS_PER_STATEMENT) {
    const end = Math.min(to, start + ROWS_PER_STATEMENT);
    await db().$executeRaw`
      INSERT INTO number (phone_number_id, display_phone_number, label, account_id, portfolio_id, waba_id)
      SELECT (${FIRST_ID}::bigint + place * ${ID_STEP}::bigint)::text,
             '+1555' || lpad(place::text, 7, '0'), 'Number ' || place, ${accountId}::uuid,
             (900000000000000 + place / 20)::text, (200000000000000 + place / 5)::text
      FROM generate_series(${start}::int, ${end - 1}::int) AS place`;
  }
  return Array.from({ length: to - from }, (_, index) =>
    String(FIRST_ID + (from + index) * ID_STEP),
  );
}

/** Switches numbers on through `setFlags`, with an audit event each. */
export async function switchOn(ids: readonly string[]): Promise<void> {
  const actor = aSystem("flag:set");
  for (let start = 0; start < ids.length; start += MAX_CHANGES) {
    const some = ids.slice(start, start + MAX_CHANGES);
    const changes = some.map((phoneNumberId) => ({ phoneNumberId, acceptsBsuid: true }));
    await setFlags(actor, { changes, reason: "A benchmark begins with it on" });
  }
}
