import type { FindFacts, IdentityFact } from "./identity-fact.ts";

type Claim = { bsuid: string; at: number };

/**
 * The BSUID of the last customer known to have this phone, or of the one who gave it up since. A
 * sighting of the phone alone claims nothing: a `failed` status never names the BSUID.
 */
export function ownerOf(find: FindFacts, phone: string): string | null {
  let newest: Claim | null = null;
  for (const { bsuid, phone: of, firstAt, lastAt } of find(phone)) {
    if (bsuid === null) continue;
    // Giving it up happens once: a notice that is said again may come after the next one got the phone.
    newest = later(newest, { bsuid, at: of === phone ? lastAt : firstAt });
  }
  return newest?.bsuid ?? null;
}

/**
 * Which BSUID a notice replaced that names only the old phone: of those seen with it until then, the
 * one that came last. Who got the phone after the notice is somebody else.
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
