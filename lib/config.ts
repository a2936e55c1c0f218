import path from "node:path";
import type ipaddr from "ipaddr.js";
import { z } from "zod";
import {
  EnvironmentError,
  readEnvironment,
  type SetValues,
} from "#environment/read-environment.ts";
import { configSchema, isLoopback, postgresUrl } from "./config-schema.ts";

type Values = z.output<typeof configSchema>;

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

/** How the trail is signed, archived and journaled. */
export type AuditSettings = {
  /** Ed25519, PKCS #8; null when it is derived from NEXTAUTH_SECRET. */
  signingKey: string | null;
  /** Public keys that signed before the present one, SPKI. */
  formerPublicKeys: string[];
  /** Where each day's head is sent. */
  headUrl: string | null;
  /** The age at which entries are archived; null: never. */
  retentionDays: number | null;
  /** The folder of the archives; absolute. */
  archiveDir: string;
  /** The journal of the heads that this console signs, on its own disk; absolute. */
  headJournal: string;
};

/** How webhooks are sent, and where they may go. */
type WebhookSettings = {
  /** Encrypts the endpoints' secrets; null: NEXTAUTH_SECRET does. */
  key: string | null;
  ports: number[];
  /** The only hosts they may go to, `.example.com` for all below it; null: any public one. */
  hosts: string[] | null;
  /** Networks that they may go to although they are not public. */
  privateNetworks: [ipaddr.IPv4 | ipaddr.IPv6, number][];
  /** The proxy that they go through. */
  proxy: string | null;
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
  webhooks: WebhookSettings;
  logLevel: Values["LOG_LEVEL"];
};

/** The configuration of a running server, with everything it cannot run without. */
type RunningConfig = Config & {
  databaseUrl: string;
  directDatabaseUrl: string;
  nextAuthSecret: string;
};

/**
 * Reads and validates all settings.
 * @throws EnvironmentError with all problems
 */
export function readConfig(env: NodeJS.ProcessEnv): Config {
  const values = readEnvironment(configSchema, env, findProblemsBetween);
  const { HOST: host, PORT: port, DATABASE_URL: databaseUrl = null } = values;
  const dataDir = path.resolve(/*turbopackIgnore: true*/ values.DATA_DIR);
  const isDemo = databaseUrl === null || env[EMBEDDED_MARKER] === "1";
  return {
    host,
    port,
    dataDir,
    isDemo,
    databaseUrl,
    directDatabaseUrl: values.DIRECT_DATABASE_URL ?? databaseUrl,
    nextAuthUrl: values.NEXTAUTH_URL ?? `http://${host}:${port}`,
    nextAuthSecret: values.NEXTAUTH_SECRET ?? null,
    trustedProxyHops: values.TRUSTED_PROXY_HOPS,
    oidc: toOidcSettings(values),
    passwordSignIn: values.PASSWORD_SIGN_IN ?? isDemo,
    bootstrapAdminEmail: values.BOOTSTRAP_ADMIN_EMAIL ?? null,
    audit: toAuditSettings(values, dataDir),
    webhooks: {
      key: values.WEBHOOK_KEY ?? null,
      ports: values.WEBHOOK_PORTS,
      hosts: values.WEBHOOK_HOSTS ?? null,
      privateNetworks: values.WEBHOOK_PRIVATE_NETWORKS,
      proxy: values.WEBHOOK_PROXY ?? null,
    },
    logLevel: values.LOG_LEVEL,
  };
}

/**
 * The URL of the database to migrate, for a job that has no other settings.
 * @throws EnvironmentError when it is missing, or one of the two is malformed
 */
export function readMigrationUrl(env: NodeJS.ProcessEnv): string {
  const schema = configSchema.pick({ DATABASE_URL: true, DIRECT_DATABASE_URL: true });
  const values = readEnvironment(schema, env);
  const url = values.DIRECT_DATABASE_URL ?? values.DATABASE_URL;
  if (url !== undefined) return url;
  throw new EnvironmentError([
    "DATABASE_URL is missing. Set it to the database to migrate; npm start migrates the demo's own.",
  ]);
}

/**
 * The URL of the database with the role that owns the schema; null when it is not set.
 * @throws EnvironmentError when it is malformed
 */
export function readOwnerUrl(env: NodeJS.ProcessEnv): string | null {
  const schema = z.object({ OWNER_DATABASE_URL: postgresUrl.optional() });
  return readEnvironment(schema, env).OWNER_DATABASE_URL ?? null;
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
    throw new EnvironmentError([
      "DATABASE_URL and NEXTAUTH_SECRET are needed here. Use npm start, which provides them for the demo, or set them.",
    ]);
  }
  const directDatabaseUrl = config.directDatabaseUrl ?? databaseUrl;
  return { ...config, databaseUrl, directDatabaseUrl, nextAuthSecret };
}

function toOidcSettings(values: Values): OidcSettings | null {
  const {
    OIDC_ISSUER: issuer,
    OIDC_CLIENT_ID: clientId,
    OIDC_CLIENT_SECRET: clientSecret,
  } = values;
  if (!issuer || !clientId || !clientSecret) return null;
  const { OIDC_ROLE_CLAIM: roleClaim = null, OIDC_TRUST_EMAIL: trustsEmail } = values;
  return { issuer, clientId, clientSecret, roleClaim, trustsEmail };
}

function toAuditSettings(values: Values, dataDir: string): AuditSettings {
  return {
    signingKey: values.AUDIT_SIGNING_KEY ?? null,
    formerPublicKeys: values.AUDIT_FORMER_PUBLIC_KEYS,
    headUrl: values.AUDIT_HEAD_URL ?? null,
    retentionDays: values.AUDIT_RETENTION_DAYS ?? null,
    archiveDir: path.resolve(
      /*turbopackIgnore: true*/ values.AUDIT_ARCHIVE_DIR ??
        path.join(/*turbopackIgnore: true*/ dataDir, "audit-archive"),
    ),
    headJournal: path.resolve(
      /*turbopackIgnore: true*/ values.AUDIT_HEAD_JOURNAL ??
        path.join(/*turbopackIgnore: true*/ dataDir, "audit-heads.jsonl"),
    ),
  };
}

function findProblemsBetween(set: SetValues): string[] {
  const isDemo = !set.DATABASE_URL || set[EMBEDDED_MARKER] === "1";
  const host = configSchema.shape.HOST.safeParse(set.HOST).data ?? "127.0.0.1";
  return [
    ...(set.DIRECT_DATABASE_URL && !set.DATABASE_URL
      ? [
          "DIRECT_DATABASE_URL is set without DATABASE_URL, which it only complements. Set DATABASE_URL too, or neither for the demo.",
        ]
      : []),
    ...findOidcProblem(set),
    ...(isDemo ? findDemoProblem(host) : findMissing(set, host)),
  ];
}

function findDemoProblem(host: string): string[] {
  if (isLoopback(host)) return [];
  return [
    `HOST is ${host}, but the demo, whose passwords lie in a file, answers to this machine only. Leave HOST out, or set DATABASE_URL for a real installation.`,
  ];
}

function findOidcProblem(set: SetValues): string[] {
  const names = ["OIDC_ISSUER", "OIDC_CLIENT_ID", "OIDC_CLIENT_SECRET"];
  const missing = names.filter((name) => !set[name]);
  if (missing.length === 0 || missing.length === names.length) return [];
  const verb = missing.length === 1 ? "is" : "are";
  return [
    `${missing.join(" and ")} ${verb} missing, and sign-in with your identity provider needs all three of ${names.join(", ")}. Set all, or none.`,
  ];
}

/** The problems of missing settings that a configured database needs; the launcher sets them in the demo. */
function findMissing(set: SetValues, host: string): string[] {
  const problems: string[] = [];
  if (!set.NEXTAUTH_SECRET) {
    problems.push(
      "NEXTAUTH_SECRET is missing: with DATABASE_URL set, sessions are signed with a secret of your own. Make one with openssl rand -base64 32.",
    );
  }
  if (!set.NEXTAUTH_URL && !isLoopback(host)) {
    problems.push(
      `NEXTAUTH_URL is missing: the console answers beyond this machine (HOST is ${host}), and sign-in has to know the address people use. Set it to that address, such as https://console.example.com.`,
    );
  }
  return problems;
}
