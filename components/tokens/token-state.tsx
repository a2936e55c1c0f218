import { useFormatter, useNow, useTranslations } from "next-intl";
import type { TokenRecord } from "#lib/tokens/token-record.ts";
import { Moment } from "../moment.tsx";
import { Ban, CircleCheck, Clock, Hourglass, RefreshCw, TriangleAlert } from "../ui/icons.tsx";

const SOON_MS = 7 * 86_400_000;

const LOOKS = {
  working: { Icon: CircleCheck, style: "text-green" },
  soon: { Icon: TriangleAlert, style: "text-amber" },
  replaced: { Icon: RefreshCw, style: "text-amber" },
  suspended: { Icon: Hourglass, style: "text-muted" },
  expired: { Icon: Clock, style: "text-muted" },
  revoked: { Icon: Ban, style: "text-muted" },
} as const;

/** Whether a token is valid, and until or since when, as a shape and in words. */
export function TokenState({ token }: { token: TokenRecord }) {
  const t = useTranslations("tokens");
  const format = useFormatter();
  const now = useNow();
  const { state, expiresAt, revokedAt, replacedBy, replaces } = token;
  const isSoon = state === "working" && Date.parse(expiresAt) - now.getTime() < SOON_MS;
  const look = isSoon ? "soon" : state;
  const { Icon, style } = LOOKS[look];
  const endedAt = revokedAt ?? expiresAt;
  const date = format.dateTime(new Date(expiresAt), { dateStyle: "medium" });
  return (
    <>
      <span className={`flex items-start gap-1.5 ${style}`}>
        <Icon aria-hidden className="mt-0.5 size-4 shrink-0" />
        {t(look, { prefix: replacedBy ?? "" })}
      </span>
      <span className="block text-meta text-muted">
        {state === "revoked" || state === "expired" ? (
          <Moment at={endedAt} />
        ) : (
          t.rich("until", { date, when: () => <Moment at={expiresAt} /> })
        )}
      </span>
      {replaces && (
        <span className="block text-meta text-muted wrap-anywhere">
          {t("replaces", { prefix: replaces })}
        </span>
      )}
    </>
  );
}
