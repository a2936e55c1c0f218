import { databaseNow } from "../db/database-clock.ts";
import type { Prisma, Token } from "../db/generated/client.ts";
import type { Role } from "../db/generated/enums.ts";
import type { TokenKind } from "./token-secret.ts";

/** Why a token lets somebody in, or no longer does; `replaced` works until its end. */
type TokenState = "working" | "replaced" | "suspended" | "expired" | "revoked";

/** A token as the pages show it: never its hash. */
export type TokenRecord = Pick<Token, "id" | "name" | "prefix" | "scopes"> & {
  kind: TokenKind;
  state: TokenState;
  /** Whose it is; null for a program's. */
  owner: { id: string; name: string; email: string; role: Role } | null;
  /** The first characters of the token that takes its place, or whose place it takes. */
  replacedBy: string | null;
  replaces: string | null;
  /** ISO 8601, as the times below. */
  createdAt: string;
  expiresAt: string;
  revokedAt: string | null;
  /** At most a minute old; null: never used. */
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

/** Decides in the order in which a token is refused (authenticate-token.ts). */
function toState({ revokedAt, expiresAt, person, replacedBy }: Row): TokenState {
  if (revokedAt) return "revoked";
  if (expiresAt <= databaseNow()) return "expired";
  if (person?.disabledAt) return "suspended";
  return replacedBy ? "replaced" : "working";
}
