import type { FindFacts, IdentityFact } from "./identity-fact.ts";

type Claim = { bsuid: string; at: number };

/**
 * The BSUID of the last customer known to have or have given up this phone. Facts with the phone alone do not
 * count: a `failed` status never names the BSUID.
 */
export function ownerOf(find: FindFacts, phone: string): string | null {
  let newest: Claim | null = null;
  for (const { bsuid, phone: of, firstAt, lastAt } of find(phone)) {
    if (bsuid === null) continue;
    // For giving it up the first time counts: a repeated notice may come after the next customer got the phone.
    newest = later(newest, { bsuid, at: of === phone ? lastAt : firstAt });
  }
  return newest?.bsuid ?? null;
}

/**
 * The BSUID that was replaced by a notice which names only the old phone: the last one that was seen with the
 * phone before the notice. One that was seen with it later is another customer's.
 */
export function replacedBy(find: FindFacts, notice: IdentityFact): string | null {
  const { previousPhone, bsuid: current, firstAt: until } = notice;
  if (previousPhone === null) return null;
  let newest: Claim | null = null;
  for (const { bsuid, phone, firstAt: at } of find(previousPhone)) {
    if (bsuid === null || bsuid === current || phone !== previousPhone || at > until) continue;
    newest = later(newest, { bsuid, at });
  }
  return newest?.bsuid ?? null;
}

function later(one: Claim | null, other: Claim): Claim {
  if (!one || other.at > one.at) return other;
  return other.at === one.at && other.bsuid > one.bsuid ? other : one;
}
