import path from "node:path";
import { type AuditSettings, readAuditSettings } from "./audit/audit-settings.ts";
import { isLoopback, SettingsReader } from "./settings-reader.ts";

const LOG_LEVELS = ["fatal", "error", "warn", "info", "debug", "trace", "silent"] as const;

/** Set by the launcher for a server on its embedded PostgreSQL; not a setting. */
export const EMBEDDED_MARKER = "CONSOLE_EMBEDDED_DATABASE";

export type OidcSettings = {
  issuer: string;
  clientId: string;
  clientSecret: string;
  /** The claim that names roles; null: admins assign them in the console. */
  roleClaim: string | null;
  /** For providers that do not mark addresses as verified, because all of theirs are. */
  trustsEmail: boolean;
};

/** The validated environment. Null means "not set"; in the demo the launcher sets what is missing. */
export type Config = {
  host: string;
  port: number;
  /** An absolute path. */
  dataDir: string;
  /** Whether it runs on the embedded database: loopback only, generated secrets, demo people. */
  isDemo: boolean;
  databaseUrl: string | null;
  /** For LISTEN, which does not work through a pooler in transaction mode. Default: databaseUrl. */
  directDatabaseUrl: string | null;
  /** The public address of the console. */
  nextAuthUrl: string;
  nextAuthSecret: string | null;
  /** How many of the operator's own proxies are in front of the console, in a row. */
  trustedProxyHops: number;
  oidc: OidcSettings | null;
  passwordSignIn: boolean;
  bootstrapAdminEmail: string | null;
  audit: AuditSettings;
  logLevel: (typeof LOG_LEVELS)[number];
};

/** The configuration of a running server, with everything it cannot run without. */
type RunningConfig = Config & {
  databaseUrl: string;
  directDatabaseUrl: string;
  nextAuthSecret: string;
};

/** The environment is not valid. Every problem is a sentence or two for the operator. */
export class ConfigError extends Error {
  override name = "ConfigError";
  readonly problems: string[];

  constructor(problems: string[]) {
    super(problems.join("\n"));
    this.problems = problems;
  }
}

/**
 * Reads and validates all settings.
 * @throws ConfigError with all problems
 */
export function readConfig(env: NodeJS.ProcessEnv): Config {
  const read = new SettingsReader(env);
  const databaseUrl = read.postgresUrl("DATABASE_URL");
  const isDemo = !read.isSet("DATABASE_URL") || env[EMBEDDED_MARKER] === "1";
  if (read.isSet("DIRECT_DATABASE_URL") && !read.isSet("DATABASE_URL")) {
    read.refuse(
      "DIRECT_DATABASE_URL is set without DATABASE_URL, which it only complements. Set DATABASE_URL too, or neither for the demo.",
    );
  }
  const host = readHost(read, isDemo);
  const port = read.port("PORT", 3000);
  const dataDir = path.resolve(/*turbopackIgnore: true*/ read.text("DATA_DIR") ?? ".data");
  const config: Config = {
    host,
    port,
    dataDir,
    isDemo,
    databaseUrl,
    directDatabaseUrl: read.postgresUrl("DIRECT_DATABASE_URL") ?? databaseUrl,
    nextAuthUrl: read.webUrl("NEXTAUTH_URL") ?? `http://${host}:${port}`,
    nextAuthSecret: readSecret(read),
    trustedProxyHops: read.count("TRUSTED_PROXY_HOPS", { fallback: 0, most: 10 }),
    oidc: readOidc(read),
    passwordSignIn: read.oneOf("PASSWORD_SIGN_IN", ["on", "off"], isDemo ? "on" : "off") === "on",
    bootstrapAdminEmail: read.email("BOOTSTRAP_ADMIN_EMAIL"),
    audit: readAuditSettings(read, dataDir),
    logLevel: read.oneOf("LOG_LEVEL", LOG_LEVELS, "info"),
  };
  if (!isDemo) requireOwn(read, host);
  if (read.problems.length > 0) throw new ConfigError(read.problems);
  return config;
}

/**
 * The URL of the database to migrate, for a job that has no other settings.
 * @throws ConfigError when it is missing or malformed
 */
export function readMigrationUrl(env: NodeJS.ProcessEnv): string {
  const read = new SettingsReader(env);
  const url = read.postgresUrl("DIRECT_DATABASE_URL") ?? read.postgresUrl("DATABASE_URL");
  if (url !== null && read.problems.length === 0) return url;
  throw new ConfigError([
    ...read.problems,
    ...(read.isSet("DATABASE_URL")
      ? []
      : [
          "DATABASE_URL is missing. Set it to the database to migrate; npm start migrates the demo's own.",
        ]),
  ]);
}

let memoised: RunningConfig | undefined;

/** The running server's configuration, read once. */
export function getConfig(): RunningConfig {
  memoised ??= requireRunning(readConfig(process.env));
  return memoised;
}

function requireRunning(config: Config): RunningConfig {
  const { databaseUrl, nextAuthSecret } = config;
  if (databaseUrl === null || nextAuthSecret === null) {
    throw new ConfigError([
      "DATABASE_URL and NEXTAUTH_SECRET are needed here. Use npm start, which provides them for the demo, or set them.",
    ]);
  }
  const directDatabaseUrl = config.directDatabaseUrl ?? databaseUrl;
  return { ...config, databaseUrl, directDatabaseUrl, nextAuthSecret };
}

function readHost(read: SettingsReader, isDemo: boolean): string {
  const host = read.host("HOST", "127.0.0.1");
  if (isDemo && !isLoopback(host)) {
    read.refuse(
      `HOST is ${host}, but the demo, whose passwords lie in a file, answers to this machine only. Leave HOST out, or set DATABASE_URL for a real installation.`,
    );
  }
  return host;
}

function readSecret(read: SettingsReader): string | null {
  const secret = read.text("NEXTAUTH_SECRET");
  if (secret !== null && secret.length < 32) {
    read.refuse(
      `NEXTAUTH_SECRET has ${secret.length} characters, and whoever guesses it can sign in as anyone. Use 32 or more random ones: openssl rand -base64 32.`,
    );
  }
  return secret;
}

function readOidc(read: SettingsReader): OidcSettings | null {
  const issuer = read.webUrl("OIDC_ISSUER");
  const clientId = read.text("OIDC_CLIENT_ID");
  const clientSecret = read.text("OIDC_CLIENT_SECRET");
  const trustsEmail = read.oneOf("OIDC_TRUST_EMAIL", ["on", "off"], "off") === "on";
  const names = ["OIDC_ISSUER", "OIDC_CLIENT_ID", "OIDC_CLIENT_SECRET"];
  const missing = names.filter((name) => !read.isSet(name));
  if (missing.length > 0 && missing.length < names.length) {
    const verb = missing.length === 1 ? "is" : "are";
    read.refuse(
      `${missing.join(" and ")} ${verb} missing, and sign-in with your identity provider needs all three of ${names.join(", ")}. Set all, or none.`,
    );
  }
  if (issuer === null || clientId === null || clientSecret === null) return null;
  return { issuer, clientId, clientSecret, roleClaim: read.text("OIDC_ROLE_CLAIM"), trustsEmail };
}

function requireOwn(read: SettingsReader, host: string): void {
  if (!read.isSet("NEXTAUTH_SECRET")) {
    read.refuse(
      "NEXTAUTH_SECRET is missing: with DATABASE_URL set, sessions are signed with a secret of your own. Make one with openssl rand -base64 32.",
    );
  }
  if (!read.isSet("NEXTAUTH_URL") && !isLoopback(host)) {
    read.refuse(
      `NEXTAUTH_URL is missing: the console answers beyond this machine (HOST is ${host}), and sign-in has to know the address people use. Set it to that address, such as https://console.example.com.`,
    );
  }
}
