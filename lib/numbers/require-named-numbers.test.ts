import { expect, test } from "vitest";
import { useTestDatabase } from "#testing/database/use-test-database.ts";
import { aNumber, aPerson } from "#testing/factories.ts";
import { requireNamedNumbers } from "./require-named-numbers.ts";

useTestDatabase();

test("numbers are named by phone or id, as a mail writes them, each once", async () => {
  const reader = await aPerson("support");
  const one = await aNumber({ displayPhoneNumber: "+5511912340001" });
  const other = await aNumber({ displayPhoneNumber: "+442079460002" });
  const text = `Please: +55 (11) 91234-0001, ${other}; and 0044 20 7946 0002.`;
  const named = await requireNamedNumbers(reader, { text, path: "numbers" });
  expect(named.toSorted()).toEqual([one, other].toSorted());
});

test.each([
  ["+55 11 91234-0003 and +55 11 99999-0009", "No number in the roster is “+55 11 99999-0009”."],
  ["on Friday", "The text names no number. Give its phone or phone_number_id."],
])("a text that does not name numbers clearly is refused: %s", async (text, message) => {
  await aNumber({ displayPhoneNumber: "+5511912340003" });
  const attempt = requireNamedNumbers(await aPerson("support"), { text, path: "numbers" });
  await expect(attempt).rejects.toMatchObject({ issues: [{ path: "numbers", message }] });
});
