import { execFile } from "node:child_process";
import path from "node:path";
import { inspect } from "node:util";
import { afterEach, expect, test, vi } from "vitest";
import { db } from "#lib/db/client.ts";
import { signInWithPassword } from "#lib/sign-in/sign-in-with-password.ts";
import { authenticateToken } from "#lib/tokens/authenticate-token.ts";
import { useTestDatabase } from "#testing/database/use-test-database.ts";
import { anOrigin, aPerson } from "#testing/factories.ts";
import { shellEnv } from "#testing/shell-env.ts";
import { makeToken } from "./command/create-token.ts";
import { invitePerson } from "./command/invite-person.ts";
import { resetLostPassword } from "./command/reset-lost-password.ts";
import { refuse } from "./command/testing/refuse.ts";

const database = useTestDatabase();
afterEach(() => void vi.unstubAllEnvs());

type Run = { code: number; stdout: string; stderr: string };

const OPENID = {
  OIDC_ISSUER: "https://id.example.com",
  OIDC_CLIENT_ID: "console",
  OIDC_CLIENT_SECRET: "for this test only",
};
const PASSWORDS = { PASSWORD_SIGN_IN: "on" };

/** Runs a script with only the environment of an operator's shell. */
function run(file: string, args: string[], settings: Record<string, string> = {}): Promise<Run> {
  const env = {
    ...shellEnv(),
    NODE_ENV: "production",
    DATABASE_URL: database.appUrl(),
    ...settings,
  };
  const program = [path.join(import.meta.dirname, file), ...args];
  return new Promise((resolve) => {
    execFile(process.execPath, program, { env: env as NodeJS.ProcessEnv }, (error, out, err) => {
      resolve({ code: error ? Number(error.code) : 0, stdout: out.trim(), stderr: err });
    });
  });
}

const invite = (args: string[], settings?: Record<string, string>) =>
  run("person-invite.ts", args, settings);
const reset = (args: string[], settings?: Record<string, string>) =>
  run("person-reset-password.ts", args, settings);
const token = (args: string[]) => run("token-create.ts", args);

const allowPasswords = () => vi.stubEnv("PASSWORD_SIGN_IN", PASSWORDS.PASSWORD_SIGN_IN);

const findEvent = (action: string, targetId: string) =>
  db().auditEvent.findFirstOrThrow({ where: { action, targetId } });

test("the first admin is invited from the shell, signs in with what is shown, and has to choose a password", async () => {
  const email = "first.admin@example.com";
  const { code, stdout, stderr } = await invite([email, "--role", "admin"], PASSWORDS);
  expect({ code, stderr }).toEqual({ code: 0, stderr: expect.stringContaining(email) });
  const actor = await signInWithPassword({ email, password: stdout }, anOrigin());
  expect(actor).toMatchObject({ role: "admin", name: "first.admin" });
  const person = await db().person.findUniqueOrThrow({ where: { email } });
  expect(person.isPasswordTemporary).toBe(true);
  const event = await findEvent("person.created", person.id);
  expect(event).toMatchObject({ channel: "cli", actorType: "system", actorId: "person-invite" });
  expect(inspect(event, { depth: null })).not.toContain(stdout);
});

test("with an identity provider alone, somebody is invited without a password", async () => {
  const email = "by.provider@example.com";
  const args = [email, "--role", "account_manager", "--name", "By Provider"];
  const { code, stdout, stderr } = await invite(args, OPENID);
  expect({ code, stdout }).toEqual({ code: 0, stdout: "" });
  expect(stderr).toContain("identity provider");
  const person = await db().person.findUniqueOrThrow({ where: { email } });
  expect(person).toMatchObject({ name: "By Provider", passwordHash: null });
});

test("where nobody could sign in, nobody is invited, and the message says what to do", async () => {
  const message = await refuse(invitePerson, ["nobody@example.com", "--role", "admin"]);
  expect(message).toContain("PASSWORD_SIGN_IN=on");
  expect(message).toContain("BOOTSTRAP_ADMIN_EMAIL");
  expect(await db().person.count({ where: { email: "nobody@example.com" } })).toBe(0);
});

test.each([
  [[], "Use:"],
  [["a@example.com"], "Use:"],
  [["a@example.com", "b@example.com", "--role", "admin"], "Use:"],
  [["a@example.com", "--role", "owner"], "support, account_manager, auditor or admin"],
  [["not an address", "--role", "admin"], "e-mail address"],
  [["a@example.com", "--role", "admin", "--name", ""], "name"],
  [["a@example.com", "--role", "admin", "--force"], "--force"],
])(
  "an invitation of %j is refused with a reason, and leaves nothing behind",
  async (args, words) => {
    allowPasswords();
    const before = await db().person.count();
    const message = await refuse(invitePerson, args);
    expect(message).toContain(words);
    expect(message).not.toMatch(/\n\s+at /);
    expect(await db().person.count()).toBe(before);
  },
);

test("a refusal goes to standard error, with exit code 1", async () => {
  for (const refused of [await invite(["a@example.com"], PASSWORDS), await token(["a"])]) {
    expect(refused).toMatchObject({ code: 1, stdout: "" });
    expect(refused.stderr).toMatch(/^Use(:| one of:) npm run /);
    expect(refused.stderr).not.toMatch(/\n\s+at /);
  }
});

test("a database without the console's tables, or that refuses the connection, is explained", async () => {
  const empty = new URL(database.appUrl());
  empty.pathname = "/postgres";
  const wrong = new URL(database.appUrl());
  wrong.pathname = "/nowhere";
  const cases = [
    [empty, "npm run db:migrate"],
    [wrong, "There is no database nowhere"],
  ] as const;
  for (const [url, words] of cases) {
    const settings = { ...PASSWORDS, DATABASE_URL: url.href };
    const { code, stderr } = await invite(["z@example.com", "--role", "admin"], settings);
    expect([code, stderr]).toEqual([1, expect.stringContaining(words)]);
    expect(stderr).not.toContain("    at ");
  }
});

test("an address that is taken is refused, and keeps its password", async () => {
  const { email, id } = await aPerson("support");
  const before = await db().person.findUniqueOrThrow({ where: { id } });
  allowPasswords();
  const message = await refuse(invitePerson, [email.toUpperCase(), "--role", "admin"]);
  expect(message).toBe(`${email} is already one of the people.`);
  expect(message).not.toMatch(/\n\s+at /);
  expect(await db().person.findUniqueOrThrow({ where: { id } })).toEqual(before);
});

test("an admin who lost the password gets a new one from the shell, with a reason", async () => {
  const { email, id } = await aPerson("admin");
  expect(await refuse(resetLostPassword, [email, "Lost it"])).toContain("PASSWORD_SIGN_IN=on");
  allowPasswords();
  expect(await refuse(resetLostPassword, [email])).toContain("Use:");
  expect(await refuse(resetLostPassword, ["nobody.else@example.com", "Lost it"])).toContain(
    "Nobody has the address",
  );
  const { code, stdout } = await reset([email, "The first password was lost"], PASSWORDS);
  expect(code).toBe(0);
  expect(await signInWithPassword({ email, password: stdout }, anOrigin())).toMatchObject({ id });
  expect(await findEvent("person.password_reset", id)).toMatchObject({
    channel: "cli",
    reason: "The first password was lost",
  });
});

test("a runtime's token is made from the shell with scopes and expiry, and its secret is not stored", async () => {
  const name = "Messaging runtime";
  const args = [name, "--scopes", "flags:read, reports:write", "--days", "7"];
  const { code, stdout, stderr } = await token(args);
  expect({ code, stderr }).toEqual({ code: 0, stderr: expect.stringContaining(name) });
  const actor = await authenticateToken(stdout, anOrigin());
  expect(actor).toMatchObject({ type: "service", scopes: ["flags:read", "reports:write"] });
  const kept = await db().token.findFirstOrThrow({ where: { name } });
  const lifeDays = (kept.expiresAt.getTime() - Date.now()) / 86_400_000;
  expect(lifeDays).toBeGreaterThan(6.9);
  expect(lifeDays).toBeLessThanOrEqual(7);
  const event = await findEvent("token.created", kept.id);
  expect(event).toMatchObject({ channel: "cli", actorId: "token-create" });
  expect(inspect([kept, event], { depth: null })).not.toContain(stdout);
});

test("a personal token is made from the shell for somebody, by their address", async () => {
  const { email, id } = await aPerson("auditor");
  const { code, stdout } = await token(["Ada's script", "--person", email]);
  expect(code).toBe(0);
  const actor = await authenticateToken(stdout, anOrigin());
  expect(actor).toMatchObject({ type: "person", id, role: "auditor" });
});

test.each([
  [[], "Use one of:"],
  [["a"], "Use one of:"],
  [["a", "--scopes", "flags:read", "--person", "a@example.com"], "Use one of:"],
  [["a", "--scopes", "flags:write"], 'no scope "flags:write"'],
  [["a", "--scopes", ""], "no scope"],
  [["a", "--scopes", "flags:read", "--days", "0"], "--days"],
  [["a", "--scopes", "flags:read", "--days", "367"], "--days"],
  [["a", "--scopes", "flags:read", "--days", "1.5"], "--days"],
  [["", "--scopes", "flags:read"], "name"],
  [["a", "--person", "nobody.else@example.com"], "Nobody has the address"],
])("a token of %j is refused with a reason, and leaves nothing behind", async (args, words) => {
  const before = await db().token.count();
  const message = await refuse(makeToken, args);
  expect(message).toContain(words);
  expect(message).not.toMatch(/\n\s+at /);
  expect(await db().token.count()).toBe(before);
});
