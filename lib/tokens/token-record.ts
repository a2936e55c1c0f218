import { databaseNow } from "../db/database-clock.ts";
import type { Prisma, Token } from "../db/generated/client.ts";
import type { Role } from "../db/generated/enums.ts";
import type { TokenKind } from "./token-secret.ts";

/** The state of a token; `replaced` was rotated and still works until it expires. */
type TokenState = "working" | "replaced" | "suspended" | "expired" | "revoked";

/** A token as the pages show it, without its hash. */
export type TokenRecord = Pick<Token, "id" | "name" | "prefix" | "scopes"> & {
  kind: TokenKind;
  state: TokenState;
  /** The owner of a personal token; null for a service token. */
  owner: { id: string; name: string; email: string; role: Role } | null;
  /** The prefix of the token that replaced it. */
  replacedBy: string | null;
  /** The prefix of the token that it replaced. */
  replaces: string | null;
  /** This and the other times are ISO 8601. */
  createdAt: string;
  expiresAt: string;
  revokedAt: string | null;
  /** Accurate to a minute; null if never used. */
  lastUse: { at: string; ip: string | null; userAgent: string | null } | null;
};

const PREFIX_ONLY = { select: { prefix: true } } as const;

export const TOKEN_RECORD_INCLUDE = {
  person: { select: { id: true, name: true, email: true, role: true, disabledAt: true } },
  replacedBy: PREFIX_ONLY,
  replaces: PREFIX_ONLY,
} as const satisfies Prisma.TokenInclude;

type Row = Prisma.TokenGetPayload<{ include: typeof TOKEN_RECORD_INCLUDE }>;

export function toTokenRecord(row: Row): TokenRecord {
  const { id, name, prefix, scopes, person, lastUsedAt } = row;
  return {
    id,
    name,
    prefix,
    scopes,
    kind: person ? "personal" : "service",
    state: toState(row),
    owner: person && { id: person.id, name: person.name, email: person.email, role: person.role },
    replacedBy: row.replacedBy?.prefix ?? null,
    replaces: row.replaces?.prefix ?? null,
    createdAt: row.createdAt.toISOString(),
    expiresAt: row.expiresAt.toISOString(),
    revokedAt: row.revokedAt?.toISOString() ?? null,
    lastUse: lastUsedAt && {
      at: lastUsedAt.toISOString(),
      ip: row.lastUsedIp,
      userAgent: row.lastUsedUserAgent,
    },
  };
}

/** Checks in the order in which authenticate-token.ts refuses a token. */
function toState({ revokedAt, expiresAt, person, replacedBy }: Row): TokenState {
  if (revokedAt) return "revoked";
  if (expiresAt <= databaseNow()) return "expired";
  if (person?.disabledAt) return "suspended";
  return replacedBy ? "replaced" : "working";
}
