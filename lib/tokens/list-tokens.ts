import { z } from "zod";
import type { Actor } from "../access/actor.ts";
import { can, deny } from "../access/authorize.ts";
import { db } from "../db/client.ts";
import { databaseNow } from "../db/database-clock.ts";
import type { Prisma } from "../db/generated/client.ts";
import { limitSchema, parsePageCursor, toPageCursor } from "../page-cursor.ts";
import { parseInput } from "../parse-input.ts";
import { storedTime } from "../stored-time.ts";
import { isStorable } from "../text.ts";
import { TOKEN_RECORD_INCLUDE, type TokenRecord, toTokenRecord } from "./token-record.ts";

const listTokensSchema = z.strictObject({
  /** A part of the name, of the prefix, or of the owner's name or address. */
  q: z.string().max(500).refine(isStorable, "q has a broken character.").default(""),
  kind: z.enum(["service", "personal"]).optional(),
  /** Only tokens of this person. */
  personId: z.uuid().optional(),
  /** Whether they have expired or were revoked. */
  hasEnded: z.boolean().optional(),
  limit: limitSchema,
  cursor: z.string().optional(),
});

export type ListTokensInput = z.input<typeof listTokensSchema>;

export type TokenPage = {
  items: TokenRecord[];
  /** How many match, over all pages. */
  total: number;
  nextCursor: string | null;
};

const positionSchema = z.tuple([storedTime(), z.uuid()]);

/**
 * Lists one page of the matching tokens, newest first: all with `token:manage`, else the actor's own.
 *
 * @throws AppError FORBIDDEN, INVALID_INPUT for an invalid filter or cursor
 */
export async function listTokens(actor: Actor, input: ListTokensInput): Promise<TokenPage> {
  const isMine = toVisible(actor);
  const { cursor, limit, ...filter } = parseInput(listTokensSchema, input);
  const where = { AND: [isMine, toWhere(filter)] };
  const after = cursor === undefined ? {} : toBeyond(cursor);
  const [rows, total] = await Promise.all([
    db().token.findMany({
      where: { AND: [where, after] },
      include: TOKEN_RECORD_INCLUDE,
      orderBy: [{ createdAt: "desc" }, { id: "desc" }],
      take: limit + 1,
    }),
    db().token.count({ where }),
  ]);
  const items = rows.slice(0, limit).map(toTokenRecord);
  const last = rows.length > limit ? items.at(-1) : undefined;
  return { items, total, nextCursor: last ? toPageCursor([last.createdAt, last.id]) : null };
}

function toVisible(actor: Actor): Prisma.TokenWhereInput {
  if (can(actor, "token:manage")) return {};
  if (actor.type === "person") return { personId: actor.id };
  throw deny(actor, { permission: "token:manage", message: "Only people can look at tokens." });
}

type Filter = Pick<z.output<typeof listTokensSchema>, "q" | "kind" | "personId" | "hasEnded">;

function toWhere({ q, kind, personId, hasEnded }: Filter): Prisma.TokenWhereInput {
  const contains = { contains: q.trim(), mode: "insensitive" } as const;
  const ended = { OR: [{ revokedAt: { not: null } }, { expiresAt: { lte: databaseNow() } }] };
  return {
    AND: [
      kind === undefined ? {} : { personId: kind === "service" ? null : { not: null } },
      personId === undefined ? {} : { personId },
      hasEnded === undefined ? {} : hasEnded ? ended : { NOT: ended },
      q.trim() === ""
        ? {}
        : {
            OR: [
              { name: contains },
              { prefix: { startsWith: q.trim().slice(0, 16) } },
              { person: { OR: [{ name: contains }, { email: contains }] } },
            ],
          },
    ],
  };
}

function toBeyond(cursor: string): Prisma.TokenWhereInput {
  const [time, id] = parsePageCursor(positionSchema, cursor);
  const createdAt = new Date(time);
  return { OR: [{ createdAt: { lt: createdAt } }, { createdAt, id: { lt: id } }] };
}
