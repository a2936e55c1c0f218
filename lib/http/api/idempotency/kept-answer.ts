import { createHash } from "node:crypto";
import { db } from "../../../db/client.ts";
import { Prisma } from "../../../db/generated/client.ts";
import { KEPT_FOR } from "../../../kept-for.ts";
import type { Reply } from "../reply.ts";

/** Whose key it is, for which method and path, and what was sent with it. */
export type KeyedRequest = { personId: string; route: string; key: string; bodyHash: string };

export type KeptAnswer = {
  bodyHash: string;
  status: number;
  headers: Record<string, string>;
  /** The JSON text, without secrets. */
  body: string;
};

/** Headers that say what a change is to do, and so belong to the request as its body does. */
const COMPARED_HEADERS = ["if-match", "prefer"];

/** What a request with the same key has to have in common: the body as it was sent, and those headers. */
export function hashRequest({ headers }: Request, text: string): string {
  const compared = [...COMPARED_HEADERS.map((name) => headers.get(name)), text];
  return createHash("sha256").update(JSON.stringify(compared)).digest("hex");
}

/** The statement that keeps an answer. It fails when the key has one already. */
export function toInsert(request: KeyedRequest, reply: Reply): Prisma.Sql {
  const { personId, route, key, bodyHash } = request;
  const { status = 200, headers = {}, body } = reply;
  const text = JSON.stringify(body, (name, value) => (name === "secret" ? null : value));
  return Prisma.sql`
    INSERT INTO idempotency_key (person_id, route, key, body_hash, status, headers, body)
    VALUES (${personId}::uuid, ${route}, ${key}, ${bodyHash}, ${status},
            ${JSON.stringify(headers)}::jsonb, ${text})`;
}

/** The answer that the key has; null if none, or an expired one, which is removed. */
export async function findKeptAnswer(request: KeyedRequest): Promise<KeptAnswer | null> {
  const { personId, route, key } = request;
  await db().$executeRaw`
    DELETE FROM idempotency_key
    WHERE person_id = ${personId}::uuid AND route = ${route} AND key = ${key}
      AND created_at < now() - make_interval(days => ${KEPT_FOR.idempotency_key.days}::int)`;
  const row = await db().idempotencyKey.findUnique({
    where: { personId_route_key: { personId, route, key } },
  });
  return row && { ...row, headers: row.headers as Record<string, string> };
}

/**
 * Keeps an answer in a transaction of its own.
 *
 * @param options.isReplaced whether this request has kept one already, which this one replaces
 * @returns false when the key has the answer of another request
 */
export async function keepAnswer(
  request: KeyedRequest,
  reply: Reply,
  { isReplaced }: { isReplaced: boolean },
): Promise<boolean> {
  const onConflict = isReplaced
    ? Prisma.sql`(person_id, route, key) DO UPDATE
        SET status = excluded.status, headers = excluded.headers, body = excluded.body`
    : Prisma.sql`DO NOTHING`;
  const count = await db().$executeRaw`${toInsert(request, reply)} ON CONFLICT ${onConflict}`;
  return count > 0;
}
