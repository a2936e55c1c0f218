import { useTranslations } from "next-intl";
import type { EndpointRecord } from "#lib/webhooks/endpoint-record.ts";
import { Moment } from "../moment.tsx";
import { CircleCheck, CircleOff, KeyRound, TriangleAlert } from "../ui/icons.tsx";

const LOOKS = {
  on: { Icon: CircleCheck, style: "text-green" },
  failing: { Icon: TriangleAlert, style: "text-amber" },
  lost: { Icon: KeyRound, style: "text-red" },
  off: { Icon: CircleOff, style: "text-muted" },
  offByConsole: { Icon: CircleOff, style: "text-red" },
} as const;

const WHY = { by_hand: "off", gone: "offGone", failing: "offFailing" } as const;

/** Whether webhooks reach an endpoint, as a shape and in words. */
export function EndpointState({ endpoint }: { endpoint: EndpointRecord }) {
  const t = useTranslations("endpoints");
  const { isSecretLost, failingSince, switchedOffWhy } = endpoint;
  const { Icon, style } = LOOKS[toLook(endpoint)];
  return (
    <span className={`flex items-start gap-1.5 ${style}`}>
      <Icon aria-hidden className="mt-0.5 size-4 shrink-0" />
      <span>
        {isSecretLost
          ? t("secretLost")
          : switchedOffWhy
            ? t(WHY[switchedOffWhy])
            : failingSince
              ? t.rich("failing", { since: () => <Moment at={failingSince} /> })
              : t("on")}
      </span>
    </span>
  );
}

function toLook({ isOn, isSecretLost, failingSince, switchedOffWhy }: EndpointRecord) {
  if (isSecretLost) return "lost";
  if (!isOn) return switchedOffWhy === "by_hand" ? "off" : "offByConsole";
  return failingSince ? "failing" : "on";
}
