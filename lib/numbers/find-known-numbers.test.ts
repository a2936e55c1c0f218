import { expect, test } from "vitest";
import { withClient } from "#postgres/with-client.ts";
import { useTestDatabase } from "#testing/database/use-test-database.ts";
import { aNumber, anAccount } from "#testing/factories.ts";
import { db } from "../db/client.ts";
import { findKnownNumbers, toKnownNumbersQuery } from "./find-known-numbers.ts";

const database = useTestDatabase();

test("finds numbers with one of the endings or ids, retired or not, and no others", async () => {
  const byEnding = await aNumber({ displayPhoneNumber: "+551187650001" });
  const alsoByEnding = await aNumber({ displayPhoneNumber: "+4915187650001", isRetired: true });
  const byId = await aNumber({ displayPhoneNumber: "+551187650002" });
  const other = await aNumber({ displayPhoneNumber: "+551187650003" });
  const numbers = await findKnownNumbers({ endings: ["7650001"], phoneNumberIds: [byId] });
  const find = (digits: string) => numbers.findByPhone(digits, { hasPlus: true })?.numbers ?? [];
  expect(find("551187650001")).toMatchObject([{ phoneNumberId: byEnding, isRetired: false }]);
  expect(find("4915187650001")).toMatchObject([{ phoneNumberId: alsoByEnding, isRetired: true }]);
  expect(numbers.findById(byId)).toMatchObject({ numbers: [{ phoneNumberId: byId }] });
  expect(numbers.findById(other)).toBeNull();
});

test("a number wanted by its id and its phone is returned once", async () => {
  const id = await aNumber({ displayPhoneNumber: "+551187650004" });
  const numbers = await findKnownNumbers({ endings: ["7650004"], phoneNumberIds: [id] });
  expect(numbers.findByPhone("551187650004", { hasPlus: true })?.numbers).toHaveLength(1);
});

test("two thousand are looked up by index in a large roster, not compared with each number", async () => {
  const accountId = await anAccount();
  await withClient(database.ownerUrl(), async (owner) => {
    await owner.query("SET session_replication_role = replica");
    await owner.query(
      `INSERT INTO number (phone_number_id, display_phone_number, label, account_id, portfolio_id, waba_id)
       SELECT (500000000000000 + place)::text, '+5511' || (900000000 + place), 'Number ' || place, $1, '1', '1'
       FROM generate_series(1, 60000) AS place`,
      [accountId],
    );
    await owner.query("ANALYZE number");
  });
  const endings = Array.from({ length: 2_000 }, (_, place) => String(place * 29).padStart(7, "0"));
  const phoneNumberIds = endings.map((ending) => String(500_000_000_000_000 + Number(ending)));
  const query = toKnownNumbersQuery({ endings, phoneNumberIds });
  const plan = await db().$queryRaw<{ "QUERY PLAN": string }[]>`EXPLAIN ${query}`;
  const text = plan.map((line) => line["QUERY PLAN"]).join("\n");
  expect(text).toContain("number_last_digits");
  expect(text).toContain("number_pkey");
  expect(text).not.toContain("Seq Scan");
});
