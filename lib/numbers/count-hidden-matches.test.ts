import { expect, test } from "vitest";
import { withClient } from "#postgres/with-client.ts";
import { useTestDatabase } from "#testing/database/use-test-database.ts";
import { aNumber, aSystem } from "#testing/factories.ts";
import { countHiddenMatches } from "./summarise-matches.ts";

const database = useTestDatabase();
const reader = aSystem("number:read");

test("hidden matches are counted, however many match, up to 10,000", async () => {
  const phoneNumberId = await aNumber();
  expect(await countHiddenMatches(reader, { retired: "false" })).toEqual({
    count: 0,
    isCapped: false,
  });
  await withClient(database.ownerUrl(), (owner) =>
    owner.query(`SET session_replication_role = replica;
      INSERT INTO number SELECT (jsonb_populate_record(number, jsonb_build_object(
        'phone_number_id', (100000000000000 + copy)::text,
        'display_phone_number', '+1555' || (1000000 + copy),
        'retired_at', CASE WHEN copy <= 3 THEN now() END))).*
      FROM number, generate_series(1, 10010) AS copy WHERE phone_number_id = '${phoneNumberId}'`),
  );
  expect(await countHiddenMatches(reader, { retired: "false" })).toEqual({
    count: 3,
    isCapped: false,
  });
  expect(await countHiddenMatches(reader, { retired: "true" })).toEqual({
    count: 10_000,
    isCapped: true,
  });
  expect(await countHiddenMatches(reader, {})).toEqual({ count: 0, isCapped: false });
});
