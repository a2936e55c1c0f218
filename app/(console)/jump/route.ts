import { findJumps } from "#lib/jump/find-jumps.ts";
import { definePageData } from "../../page-route.ts";
import { toGroups } from "./to-groups.ts";

/** Where one can jump to by what was typed; without a text, the pages and acts of the person. */
export const GET = definePageData<`/jump?${string}`>(async ({ actor, searchParams }) => {
  const q = (searchParams.get("q") ?? "").trim();
  return { q, groups: await toGroups(actor, q, await findJumps(actor, q)) };
});
