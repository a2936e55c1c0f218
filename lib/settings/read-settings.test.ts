import { expect, onTestFinished, test, vi } from "vitest";
import { useTestDatabase } from "#testing/database/use-test-database.ts";
import { aPerson, aSystem } from "#testing/factories.ts";

useTestDatabase();

const SECRETS = {
  NEXTAUTH_SECRET: "a secret that must never be shown to anybody",
  OIDC_CLIENT_SECRET: "another secret that must not be shown",
};

/**
 * The settings with this environment. The environment is read once per process, so each call loads the
 * modules anew.
 */
async function readWith(env: Record<string, string>) {
  vi.resetModules();
  for (const [name, value] of Object.entries(env)) vi.stubEnv(name, value);
  try {
    const { readSettings } = await import("./read-settings.ts");
    return await readSettings(aSystem("settings:read"));
  } finally {
    vi.unstubAllEnvs();
  }
}

test("the settings contain what is set, and no secret", async () => {
  const settings = await readWith({
    ...SECRETS,
    OIDC_ISSUER: "https://id.example.com",
    OIDC_CLIENT_ID: "console",
    OIDC_ROLE_CLAIM: "groups",
    BOOTSTRAP_ADMIN_EMAIL: "First@Example.com",
    AUDIT_HEAD_URL: "https://heads.example.com/keep?key=a-secret-in-an-address",
  });
  expect(settings).toMatchObject({
    isDemo: false,
    signIn: {
      hasPasswords: false,
      provider: { issuer: "https://id.example.com", clientId: "console", roleClaim: "groups" },
      firstAdmin: "first@example.com",
    },
    session: { lifeHours: 8, idleHours: 1 },
    trail: { isKeyDerived: true, formerKeyCount: 0, headsGoTo: "https://heads.example.com" },
  });
  const shown = JSON.stringify(settings);
  const { password } = new URL(process.env.DATABASE_URL ?? "");
  const secrets = [...Object.values(SECRETS), decodeURIComponent(password), "a-secret-in"];
  for (const secret of secrets) {
    expect(shown).not.toContain(secret);
  }
});

test("without a provider it is null, and passwords are shown when they are on", async () => {
  const settings = await readWith({ ...SECRETS, OIDC_CLIENT_SECRET: "", PASSWORD_SIGN_IN: "on" });
  expect(settings.signIn).toMatchObject({ hasPasswords: true, provider: null });
});

test("a clock that is off by more than a minute is shown, with by how much", async () => {
  const settings = { NEXTAUTH_SECRET: SECRETS.NEXTAUTH_SECRET };
  expect((await readWith(settings)).clockOffSeconds).toBeNull();
  const { setDatabaseClock } = await import("../db/database-clock.ts");
  onTestFinished(() => setDatabaseClock(Date.now()));
  setDatabaseClock(Date.now() + 90_000);
  expect((await readWith(settings)).clockOffSeconds).toBe(-90);
});

test.each(["support", "account_manager", "auditor"] as const)(
  "the role %s cannot read the settings",
  async (role) => {
    const { readSettings } = await import("./read-settings.ts");
    const actor = await aPerson(role);
    await expect(readSettings(actor)).rejects.toMatchObject({ code: "FORBIDDEN" });
  },
);
