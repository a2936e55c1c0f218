import path from "node:path";
import { describe, expect, test } from "vitest";
import { EnvironmentError } from "#environment/read-environment.ts";
import { EMBEDDED_MARKER, readConfig, readOwnerUrl } from "./config.ts";

const OWN = {
  DATABASE_URL: "postgresql://console:hunter2@db.example/console",
  NEXTAUTH_SECRET: "0123456789abcdef0123456789abcdef",
  NEXTAUTH_URL: "https://console.example.com",
};

function problemsOf(env: Record<string, string>): string[] {
  try {
    readConfig({ NODE_ENV: "test", ...env });
    return [];
  } catch (error) {
    if (error instanceof EnvironmentError) return error.problems;
    throw error;
  }
}

function read(env: Record<string, string>) {
  return readConfig({ NODE_ENV: "test", ...env });
}

test("an empty environment is the demo on this machine", () => {
  expect(read({})).toEqual({
    host: "127.0.0.1",
    port: 3000,
    dataDir: path.resolve(".data"),
    isDemo: true,
    databaseUrl: null,
    directDatabaseUrl: null,
    nextAuthUrl: "http://127.0.0.1:3000",
    nextAuthSecret: null,
    trustedProxyHops: 0,
    oidc: null,
    passwordSignIn: true,
    bootstrapAdminEmail: null,
    audit: {
      signingKey: null,
      formerPublicKeys: [],
      headUrl: null,
      retentionDays: null,
      archiveDir: path.resolve(".data/audit-archive"),
      headJournal: path.resolve(".data/audit-heads.jsonl"),
    },
    webhooks: { key: null, ports: [443], hosts: null, privateNetworks: [], proxy: null },
    logLevel: "info",
  });
});

test("an empty value counts as not set", () => {
  expect(read({ DATABASE_URL: "", PORT: " " })).toMatchObject({ isDemo: true, port: 3000 });
});

test("a configured database ends the demo", () => {
  expect(read(OWN)).toMatchObject({
    isDemo: false,
    passwordSignIn: false,
    directDatabaseUrl: OWN.DATABASE_URL,
  });
  expect(read({ ...OWN, PASSWORD_SIGN_IN: "on" })).toMatchObject({ passwordSignIn: true });
  expect(read({ ...OWN, HOST: "0.0.0.0" })).toMatchObject({ host: "0.0.0.0" });
});

test("the launcher's own database is still the demo", () => {
  expect(read({ ...OWN, [EMBEDDED_MARKER]: "1" })).toMatchObject({
    isDemo: true,
    passwordSignIn: true,
  });
});

test("an identity provider is complete or absent", () => {
  const oidc = { OIDC_ISSUER: "https://id.example", OIDC_CLIENT_ID: "console" };
  expect(problemsOf({ ...OWN, ...oidc })).toEqual([expect.stringContaining("OIDC_CLIENT_SECRET")]);
  expect(read({ ...OWN, ...oidc, OIDC_CLIENT_SECRET: "s" }).oidc).toEqual({
    issuer: "https://id.example",
    clientId: "console",
    clientSecret: "s",
    roleClaim: null,
    trustsEmail: false,
  });
});

describe("one bad setting is named, with what to do", () => {
  test.each([
    [{ PORT: "3000a" }, "PORT"],
    [{ PORT: "0" }, "PORT"],
    [{ PORT: "65536" }, "PORT"],
    [{ HOST: "http://here" }, "HOST"],
    [{ HOST: "0.0.0.0" }, "HOST"],
    [{ LOG_LEVEL: "loud" }, "LOG_LEVEL"],
    [{ DIRECT_DATABASE_URL: OWN.DATABASE_URL }, "DIRECT_DATABASE_URL"],
    [{ BOOTSTRAP_ADMIN_EMAIL: "root" }, "BOOTSTRAP_ADMIN_EMAIL"],
    [{ NEXTAUTH_URL: "http://console.example.com" }, "NEXTAUTH_URL"],
    [{ NEXTAUTH_SECRET: "short" }, "NEXTAUTH_SECRET"],
    [{ PASSWORD_SIGN_IN: "yes" }, "PASSWORD_SIGN_IN"],
    [{ ...OWN, NEXTAUTH_URL: "", HOST: "0.0.0.0" }, "NEXTAUTH_URL"],
    [{ ...OWN, NEXTAUTH_SECRET: "" }, "NEXTAUTH_SECRET"],
    [{ ...OWN, DATABASE_URL: "mysql://db/console" }, "DATABASE_URL"],
    [{ ...OWN, OIDC_CLIENT_ID: "console" }, "OIDC_ISSUER"],
    [{ AUDIT_HEAD_URL: "ftp://keeper" }, "AUDIT_HEAD_URL"],
    [{ TRUSTED_PROXY_HOPS: "-1" }, "TRUSTED_PROXY_HOPS"],
    [{ TRUSTED_PROXY_HOPS: "11" }, "TRUSTED_PROXY_HOPS"],
    [{ AUDIT_SIGNING_KEY: "c3dvcmRmaXNo" }, "AUDIT_SIGNING_KEY"],
    [{ AUDIT_FORMER_PUBLIC_KEYS: "c3dvcmRmaXNo" }, "AUDIT_FORMER_PUBLIC_KEYS"],
  ])("%j", (env, name) => {
    const problems = problemsOf(env);
    expect(problems).toHaveLength(1);
    expect(problems[0]).toContain(name);
    expect(problems[0]).toMatch(/\.$/);
  });
});

test("all problems are reported at once, and no secret with them", () => {
  const problems = problemsOf({
    DATABASE_URL: "hunter2",
    PORT: "x",
    LOG_LEVEL: "y",
    NEXTAUTH_SECRET: "swordfish",
    NEXTAUTH_URL: "console",
    AUDIT_SIGNING_KEY: "swordfish",
  });
  expect(problems).toHaveLength(6);
  expect(problems.join()).not.toMatch(/hunter2|swordfish/);
});

test("how long the trail is kept is a count of days, 90 or more, and its archives lie in a folder", () => {
  const { audit } = read({ AUDIT_RETENTION_DAYS: "400", DATA_DIR: "/var/console" });
  const archiveDir = "/var/console/audit-archive";
  expect(audit).toMatchObject({ retentionDays: 400, archiveDir });
  expect(read({ AUDIT_ARCHIVE_DIR: "/mnt/kept" }).audit.archiveDir).toBe("/mnt/kept");
  for (const wrong of ["89", "0", "1e9", "-400", "400.5", "year"]) {
    expect(() => read({ AUDIT_RETENTION_DAYS: wrong }), wrong).toThrow("90 to 36500 days");
  }
});

test("a malformed URL of the owner is named as itself, and not quoted", () => {
  const read = (url: string) => readOwnerUrl({ NODE_ENV: "test", OWNER_DATABASE_URL: url });
  expect(() => read("hunter2")).toThrow(/^OWNER_DATABASE_URL is not the address of a PostgreSQL/);
  expect(() => read("hunter2")).not.toThrow("hunter2");
  expect([read(OWN.DATABASE_URL), read(" ")]).toEqual([OWN.DATABASE_URL, null]);
});

test("where webhooks may go is listed, and each wrong item is named", () => {
  const { webhooks } = read({
    WEBHOOK_PORTS: "443, 8443",
    WEBHOOK_HOSTS: "Hooks.example.com, .partner.example",
    WEBHOOK_PRIVATE_NETWORKS: "10.20.0.0/16, fd00::/8",
    WEBHOOK_PROXY: "http://proxy.internal:3128",
  });
  expect(webhooks).toMatchObject({
    ports: [443, 8443],
    hosts: ["hooks.example.com", ".partner.example"],
    proxy: "http://proxy.internal:3128",
  });
  expect(webhooks.privateNetworks.map(String)).toEqual(["10.20.0.0/16", "fd00::/8"]);
});

test.each([
  ["WEBHOOK_PORTS", "443,0", '"0"'],
  ["WEBHOOK_PORTS", "70000", '"70000"'],
  ["WEBHOOK_HOSTS", "https://hooks.example.com", "host name"],
  ["WEBHOOK_HOSTS", "*.example.com", '"*.example.com"'],
  ["WEBHOOK_PRIVATE_NETWORKS", "10.20.0.0/16,10.0.0.1", '"10.0.0.1"'],
  ["WEBHOOK_PRIVATE_NETWORKS", "hooks.internal", "network"],
  ["WEBHOOK_PROXY", "proxy.internal:3128", "proxy"],
  ["WEBHOOK_PROXY", "socks5://proxy.internal", "proxy"],
])("%s refuses %s", (name, value, words) => {
  const problems = problemsOf({ [name]: value });
  expect(problems).toEqual([expect.stringMatching(new RegExp(`^${name} `))]);
  expect(problems[0]).toContain(words);
});

test("no message shows a secret of webhooks or of their proxy", () => {
  const env = { WEBHOOK_KEY: "hunter2", WEBHOOK_PROXY: "http://me:hunter2@proxy.internal" };
  const problems = problemsOf(env);
  expect(problems).toHaveLength(2);
  expect(problems.join()).not.toContain("hunter2");
});
