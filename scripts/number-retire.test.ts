import { execFile } from "node:child_process";
import path from "node:path";
import { expect, test } from "vitest";
import { db } from "#lib/db/client.ts";
import { useTestDatabase } from "#testing/database/use-test-database.ts";
import { aNumber, anAccount } from "#testing/factories.ts";
import { shellEnv } from "#testing/shell-env.ts";
import { readEvents } from "#testing/trail/read-events.ts";
import { requireTwoPeople } from "#testing/two-people.ts";
import { retireOneNumber } from "./command/retire-number.ts";
import { refuse } from "./command/testing/refuse.ts";

const database = useTestDatabase();

const reason = "The shop has closed";

function retire(phoneNumberId: string): Promise<{ code: number; stdout: string; stderr: string }> {
  const env = { ...shellEnv(), NODE_ENV: "production", DATABASE_URL: database.appUrl() };
  const program = path.join(import.meta.dirname, "number-retire.ts");
  const args = [program, phoneNumberId, "--reason", reason];
  return new Promise((resolve) => {
    execFile(process.execPath, args, { env: env as NodeJS.ProcessEnv }, (error, stdout, stderr) =>
      resolve({ code: error ? Number(error.code) : 0, stdout, stderr }),
    );
  });
}

test("a number is retired from the shell, and the trail says by whom and why", async () => {
  const phoneNumberId = await aNumber({ accepts: true });
  expect(await retire(phoneNumberId)).toMatchObject({
    code: 0,
    stdout: expect.stringContaining("for good"),
  });
  const number = await db().number.findUniqueOrThrow({ where: { phoneNumberId } });
  expect(number.retiredAt).not.toBeNull();
  const [, disabled, retired] = await readEvents({ targetId: phoneNumberId });
  expect(disabled).toMatchObject({ action: "flag.disabled", channel: "cli", reason });
  expect(retired).toMatchObject({
    action: "number.retired",
    channel: "cli",
    actor: { type: "system", id: "number-retire" },
    reason,
  });
});

test("a number that is on in an account of two people is refused, in words", async () => {
  const accountId = await anAccount();
  const phoneNumberId = await aNumber({ accountId, accepts: true });
  await requireTwoPeople(accountId);
  const { code, stderr } = await retire(phoneNumberId);
  expect([code, stderr]).toEqual([1, expect.stringContaining("Make it phone-only first")]);
  const number = await db().number.findUniqueOrThrow({ where: { phoneNumberId } });
  expect(number).toMatchObject({ retiredAt: null, acceptsBsuid: true });
});

test.each([[[]], [["106540352242922"]], [["1", "2", "--reason", reason]]])(
  "with %j it says how it is used",
  async (args) => {
    expect(await refuse(retireOneNumber, args)).toContain("--reason REASON");
  },
);

test("a malformed id or a reason that is too short is named", async () => {
  expect(await refuse(retireOneNumber, ["+5511", "--reason", reason])).toMatch(/phone_number_id/);
  expect(await refuse(retireOneNumber, ["106540352242922", "--reason", "no"])).toMatch(/reason/);
});
