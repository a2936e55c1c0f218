import { randomUUID } from "node:crypto";
import { afterEach, expect, test, vi } from "vitest";
import type { Setup } from "#lib/settings/read-setup.ts";
import { useTestDatabase } from "#testing/database/use-test-database.ts";
import { toMissingLines } from "./missing-setup.ts";

useTestDatabase();

afterEach(() => void vi.unstubAllEnvs());

const COMPLETE: Setup = {
  canAnybodySignIn: true,
  comingAdmin: null,
  admin: "can sign in",
  hasRuntimeToken: true,
  hasNumbers: true,
};

test("a complete installation gets no lines", () => {
  expect(toMissingLines(COMPLETE)).toEqual([]);
});

test.each<[Partial<Setup>, string]>([
  [{ canAnybodySignIn: false }, "PASSWORD_SIGN_IN=on"],
  [{ admin: "none" }, "npm run person:invite -- EMAIL --role admin"],
  [{ admin: "none", comingAdmin: "ada@example.com" }, "ada@example.com becomes one by signing in"],
  [{ admin: "cannot sign in" }, "npm run person:reset-password -- EMAIL"],
  [{ hasRuntimeToken: false }, "npm run token:create --"],
  [{ hasNumbers: false }, "npm run numbers:import --"],
])("%j is reported with its remedy", (lack, words) => {
  expect(toMissingLines({ ...COMPLETE, ...lack }).join("\n")).toContain(words);
});

test("the state is read from the database: first nothing is there, then one thing after the other", async () => {
  vi.resetModules();
  vi.stubEnv("PASSWORD_SIGN_IN", "on");
  const { readSetup } = await import("#lib/settings/read-setup.ts");
  const { aNumber, aPerson, aSystem, aToken } = await import("#testing/factories.ts");
  const { db } = await import("#lib/db/client.ts");
  const read = () => readSetup(aSystem("settings:read"));
  const expected = { ...COMPLETE, admin: "none", hasRuntimeToken: false, hasNumbers: false };
  expect(await read()).toEqual(expected);

  await aPerson("support");
  await aNumber({ isRetired: true });
  const { id: ended } = await aToken({ scopes: ["flags:read", "reports:write"] });
  await db().token.update({ where: { id: ended }, data: { revokedAt: new Date() } });
  await aToken({ scopes: ["flags:read"] });
  expect(await read()).toEqual(expected);

  const { id } = await aPerson("admin");
  expect(await read()).toEqual({ ...expected, admin: "cannot sign in" });
  await db().person.update({ where: { id }, data: { passwordHash: randomUUID() } });
  await aNumber();
  await aToken({ scopes: ["flags:read", "reports:write", "numbers:read"] });
  expect(await read()).toEqual(COMPLETE);

  await db().person.update({ where: { id }, data: { disabledAt: new Date() } });
  expect((await read()).admin).toBe("none");
});
