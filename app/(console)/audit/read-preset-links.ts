import { getNow, getTranslations } from "next-intl/server";
import type { PresetLink } from "#components/audit/preset-links.tsx";
import { toPresets } from "#components/audit/presets.ts";
import { type AuditQuery, toAuditHref } from "./audit-query.ts";

/** Links to the entries of some days, with the other filters kept. */
export async function readPresetLinks(query: AuditQuery, timeZone: string): Promise<PresetLink[]> {
  const t = await getTranslations("audit.preset");
  return toPresets(await getNow(), timeZone).map(({ name, from, to }) => ({
    name: t(name),
    href: toAuditHref({ ...query, before: null, problem: null, from, to }),
    isCurrent: query.from === from && query.to === to,
  }));
}
