import type { Actor } from "../access/actor.ts";
import { authorize } from "../access/authorize.ts";
import { auditKeys } from "../audit/head/audit-keys.ts";
import { getConfig } from "../config.ts";
import { clockOffSeconds } from "../db/database-clock.ts";
import { trailGuardProblems } from "../db/trail-guard.ts";
import { TOKEN_GUESSES } from "../http/request/auth-limit.ts";
import { findUntrustedProxy } from "../http/request/untrusted-proxy.ts";
import { KEPT_FOR } from "../kept-for.ts";
import { MIN_PASSWORD_CHARACTERS } from "../people/password.ts";
import { SESSION_IDLE_MS, SESSION_LIFE_MS } from "../sessions/session-record.ts";
import { THROTTLE_LIMITS } from "../sign-in/sign-in-throttle.ts";
import { MAX_LIFE_DAYS, MAX_OVERLAP_DAYS } from "../tokens/token-life.ts";

const HOUR_MS = 3_600_000;

/** The settings of this installation, without any secret: only what is named here leaves the server. */
export type Settings = ReturnType<typeof toSettings>;

/** Reads the settings, none of which can change while the server runs. Takes `settings:read`. */
export async function readSettings(actor: Actor): Promise<Settings> {
  authorize(actor, "settings:read");
  return toSettings();
}

function toSettings() {
  const { host, port, oidc, audit, webhooks, ...config } = getConfig();
  return {
    isDemo: config.isDemo,
    address: config.nextAuthUrl,
    /** The folder of the demo's database and secrets. */
    dataDir: config.dataDir,
    listensOn: `${host.includes(":") ? `[${host}]` : host}:${port}`,
    hasDirectDatabase: config.directDatabaseUrl !== config.databaseUrl,
    trustedProxyHops: config.trustedProxyHops,
    untrustedProxy: findUntrustedProxy(),
    logLevel: config.logLevel,
    /** Why the database does not prevent this console from changing the trail. */
    trailGuardProblems: trailGuardProblems(),
    /** Positive when this clock is ahead of the database's; null within a minute of it. */
    clockOffSeconds: clockOffSeconds(),
    signIn: {
      hasPasswords: config.passwordSignIn,
      fewestCharacters: MIN_PASSWORD_CHARACTERS,
      throttle: THROTTLE_LIMITS,
      provider: oidc && {
        issuer: oidc.issuer,
        clientId: oidc.clientId,
        roleClaim: oidc.roleClaim,
        trustsEmail: oidc.trustsEmail,
      },
      firstAdmin: config.bootstrapAdminEmail,
    },
    session: {
      lifeHours: SESSION_LIFE_MS / HOUR_MS,
      idleHours: SESSION_IDLE_MS / HOUR_MS,
    },
    tokens: {
      longestLifeDays: MAX_LIFE_DAYS,
      longestOverlapDays: MAX_OVERLAP_DAYS,
      guesses: TOKEN_GUESSES,
    },
    trail: {
      keyId: auditKeys().signing.publicKey.keyId,
      isKeyDerived: audit.signingKey === null,
      formerKeyCount: audit.formerPublicKeys.length,
      /** Only the origin: the rest of the address may contain a secret. */
      headsGoTo: audit.headUrl && new URL(audit.headUrl).origin,
      retentionDays: audit.retentionDays,
      archiveDir: audit.archiveDir,
      headJournal: audit.headJournal,
    },
    webhooks: {
      isKeyDerived: webhooks.key === null,
      ports: webhooks.ports,
      hosts: webhooks.hosts,
      privateNetworks: webhooks.privateNetworks.map(([address, bits]) => `${address}/${bits}`),
      /** Only the origin: the rest of the address may contain a secret. */
      proxy: webhooks.proxy && new URL(webhooks.proxy).origin,
    },
    keptFor: KEPT_FOR,
  };
}
