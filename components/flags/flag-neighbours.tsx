import { useTranslations } from "next-intl";
import { isolate } from "../ui/isolate.ts";
import type { FlagNumber } from "./flag-number.ts";
import { useFetched } from "./use-fetched.ts";

/**
 * Says whether the change makes this number differ from those that share its BSUIDs. Reserves its space
 * while it loads.
 */
export function FlagNeighbours({
  number,
  acceptsBsuid,
}: {
  number: FlagNumber;
  acceptsBsuid: boolean;
}) {
  const t = useTranslations("flagDialog");
  const neighbours = useFetched(`/numbers/${number.phoneNumberId}/neighbours`);
  const differing = Array.isArray(neighbours)
    ? neighbours.filter((neighbour) => neighbour.acceptsBsuid !== acceptsBsuid)
    : [];
  const tone = differing.length > 0 ? "border-amber-line bg-amber-tint text-amber" : "bg-canvas";
  return (
    <section
      aria-busy={neighbours === "loading"}
      className={`min-h-24 wrap-anywhere rounded-control border px-3 py-2 sm:min-h-20 ${tone}`}
    >
      <h3 className="font-medium">{t("neighbours", { account: isolate(number.accountName) })}</h3>
      <p>{summarise()}</p>
      <p className="line-clamp-2 text-meta">
        {differing.map(({ label }) => isolate(label)).join(", ")}
      </p>
    </section>
  );

  function summarise(): string {
    if (neighbours === "loading") return t("neighboursLoading");
    if (neighbours === "failed") return t("neighboursFailed");
    const total = neighbours.length;
    if (total === 0) return t("neighboursNone");
    const own = acceptsBsuid ? "accepting" : "phoneOnly";
    if (differing.length === 0) return t("neighboursSame", { count: total, state: own });
    const state = acceptsBsuid ? "phoneOnly" : "accepting";
    return t("neighboursDiffer", { count: differing.length, total, state, own });
  }
}
