import type { Actor } from "../access/actor.ts";
import { authorize } from "../access/authorize.ts";
import { db } from "../db/client.ts";
import { escapeLike, isStorable } from "../text.ts";

type AccountName = { id: string; name: string };

/** `total` also counts the matches that are not in `items`. */
export type AccountNames = { items: AccountName[]; total: number };

const MAX_ACCOUNTS = 1_000;
/** More different words than any account's name can have. */
const MAX_WORDS = 100;
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/**
 * Lists accounts to filter by, in order of name: the first 1,000 whose names have every word, and the
 * chosen account in any case. Takes `number:read`.
 */
export async function listAccountNames(
  actor: Actor,
  { words = "", chosen = "" }: { words?: string; chosen?: string } = {},
): Promise<AccountNames> {
  authorize(actor, "number:read");
  const where = { AND: toConditions(words) };
  const select = { id: true, name: true };
  const [items, total, chosenAccount] = await Promise.all([
    db().account.findMany({
      where,
      select,
      orderBy: [{ name: "asc" }, { id: "asc" }],
      take: MAX_ACCOUNTS,
    }),
    db().account.count({ where }),
    UUID.test(chosen) ? db().account.findUnique({ where: { id: chosen }, select }) : null,
  ]);
  const isListed = !chosenAccount || items.some(({ id }) => id === chosenAccount.id);
  return { items: isListed ? items : [chosenAccount, ...items], total };
}

function toConditions(words: string) {
  if (!isStorable(words)) return [];
  const different = new Set(words.split(/\s+/).filter((word) => word !== ""));
  return [...different]
    .slice(0, MAX_WORDS)
    .map((word) => ({ name: { contains: escapeLike(word), mode: "insensitive" as const } }));
}
