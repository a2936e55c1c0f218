import { useTranslations } from "next-intl";
import type { TokenRecord } from "#lib/tokens/token-record.ts";
import { Moment } from "../moment.tsx";

/** When a token was last used, and from where. */
export function LastUse({ lastUse }: { lastUse: TokenRecord["lastUse"] }) {
  const t = useTranslations("tokens");
  if (!lastUse) return <span className="text-muted">{t("notUsed")}</span>;
  const { at, ip, userAgent } = lastUse;
  const program = userAgent ?? t("unknownProgram");
  return (
    <>
      <Moment at={at} />
      {ip && <span className="tabular-nums"> {t("usedFrom", { ip })}</span>}
      <span title={program} className="line-clamp-1 text-meta text-muted wrap-anywhere">
        {program}
      </span>
    </>
  );
}
