import type { FindFacts, IdentityFact } from "./identity-fact.ts";
import { ownerOf, replacedBy } from "./phone-owner.ts";

/** Who a customer is now. */
export type Identity = {
  /** The newest BSUID; null for a customer without one. */
  userId: string | null;
  /** The phone that the newest BSUID was last seen with, unless it is somebody else's by now. */
  phone: string | null;
  /** Older ids that still lead here, sorted: for late webhooks. */
  aliases: string[];
};

/** A BSUID of a customer, and when notices say that it began and ended. */
type Life = { bsuid: string; began: number; ended: number };

/**
 * The customer who has or had this id, a BSUID or a phone with `+`; null for an unknown id. The newest BSUID
 * by the notices wins, whatever arrives late. Without a notice two BSUIDs are two customers, even with one
 * phone, since phones change hands.
 */
export function resolveIdentity(find: FindFacts, id: string): Identity | null {
  const facts = find(id);
  if (facts.length === 0) return null;
  const isPhone = id.startsWith("+");
  const start = isPhone ? ownerOf(find, id) : id;
  if (start === null) return resolvePhoneOnly(find, id);
  const lives = [...collect(find, start).values()];
  const newest = lives.reduce((one, other) => (isNewer(other, one) ? other : one));
  const userId = newest.bsuid;
  const aliases = lives.map(({ bsuid }) => bsuid).filter((bsuid) => bsuid !== userId);
  return { userId, phone: phoneOf(find, userId), aliases: aliases.sort() };
}

/** All BSUIDs that notices connect to this one. */
function collect(find: FindFacts, start: string): Map<string, Life> {
  const lives = new Map<string, Life>();
  const open = [start];
  for (let bsuid = open.pop(); bsuid !== undefined; bsuid = open.pop()) {
    if (lives.has(bsuid)) continue;
    const life = { bsuid, began: -Infinity, ended: -Infinity };
    lives.set(bsuid, life);
    for (const { before, after, at } of changesOf(find, bsuid)) {
      if (after === bsuid) life.began = Math.max(life.began, at);
      if (before === bsuid) life.ended = Math.max(life.ended, at);
      open.push(after);
      if (before !== null) open.push(before);
    }
  }
  return lives;
}

type Change = { before: string | null; after: string; at: number };

/** The changes from and to a BSUID: by notices that name it, or the phone that it had. */
function changesOf(find: FindFacts, bsuid: string): Change[] {
  const facts = find(bsuid);
  const changes: Change[] = [];
  for (const fact of facts) {
    if (fact.kind !== "changed" || fact.bsuid === null) continue;
    const before = fact.previousBsuid ?? replacedBy(find, fact);
    changes.push({ before, after: fact.bsuid, at: fact.lastAt });
  }
  for (const phone of new Set(facts.flatMap((fact) => fact.phone ?? []))) {
    for (const fact of find(phone)) {
      if (fact.bsuid === null || fact.previousBsuid !== null) continue;
      if (replacedBy(find, fact) !== bsuid) continue;
      changes.push({ before: bsuid, after: fact.bsuid, at: fact.lastAt });
    }
  }
  return changes;
}

/** Whether one BSUID is newer: one that was not replaced is newer than one that was; otherwise the time decides. */
function isNewer(one: Life, other: Life): boolean {
  const isLive = one.ended < one.began;
  const otherIsLive = other.ended < other.began;
  if (isLive !== otherIsLive) return isLive;
  return one.began === other.began ? one.bsuid > other.bsuid : one.began > other.began;
}

function phoneOf(find: FindFacts, bsuid: string): string | null {
  let newest: { phone: string; at: number } | null = null;
  for (const { bsuid: of, phone, lastAt } of find(bsuid)) {
    if (of !== bsuid || phone === null) continue;
    const isLater = !newest || lastAt > newest.at || (lastAt === newest.at && phone > newest.phone);
    if (isLater) newest = { phone, at: lastAt };
  }
  return newest && ownerOf(find, newest.phone) === bsuid ? newest.phone : null;
}

/** Resolves a customer without a BSUID by following notices from phone to phone. */
function resolvePhoneOnly(find: FindFacts, start: string): Identity | null {
  const aliases: string[] = [];
  let phone = start;
  for (let next = nextPhone(find, phone); next !== null; next = nextPhone(find, phone)) {
    if (next === phone || aliases.includes(next)) break;
    aliases.push(phone);
    if (ownerOf(find, next) !== null) return resolveIdentity(find, next);
    phone = next;
  }
  return { userId: null, phone, aliases: aliases.sort() };
}

function nextPhone(find: FindFacts, phone: string): string | null {
  let newest: IdentityFact | null = null;
  for (const fact of find(phone)) {
    if (fact.previousPhone !== phone || fact.phone === null) continue;
    const isLater =
      !newest ||
      fact.lastAt > newest.lastAt ||
      (fact.lastAt === newest.lastAt && fact.key > newest.key);
    if (isLater) newest = fact;
  }
  return newest?.phone ?? null;
}
