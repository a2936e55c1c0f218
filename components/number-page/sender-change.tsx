import { useTranslations } from "next-intl";
import type { ConnectlyCustomer } from "#sdk/rules.ts";
import { diffJson, toJsonLines } from "../simulator/diff-json.ts";

type Line = { text: string; when: "now" | "after" | "both" };

const SIGN = { now: "−", after: "+", both: "" } as const;

/** A webhook's sender now and after a flip in one text, with removed, added and unchanged lines. */
export function SenderChange({
  now,
  after,
}: {
  /** Null when there is no webhook. */
  now: ConnectlyCustomer | null;
  after: ConnectlyCustomer | null;
}) {
  const t = useTranslations("webhooks");
  return (
    <pre className="mt-1 rounded-control border bg-canvas py-1 font-mono text-meta leading-5 whitespace-pre-wrap wrap-anywhere">
      {toLines(now, after).map(({ text, when }, at) => (
        <span
          // biome-ignore lint/suspicious/noArrayIndexKey: lines do not move
          key={at}
          className={`block pr-2 pl-6 -indent-4 ${when === "both" ? "" : "bg-amber-tint"}`}
        >
          <span aria-hidden className="inline-block w-4 indent-0 text-amber select-none">
            {SIGN[when]}
          </span>
          {when !== "both" && <span className="sr-only select-none">{t(`only.${when}`)}</span>}
          {text}
        </span>
      ))}
    </pre>
  );
}

function toLines(now: ConnectlyCustomer | null, after: ConnectlyCustomer | null): Line[] {
  if (now === null || after === null) {
    const when = now === null ? "after" : "now";
    return toJsonLines(now ?? after).map((text) => ({ text, when }));
  }
  return diffJson(now, after).rows.flatMap(({ left, right, differs }): Line[] => {
    if (!differs) return left === null ? [] : [{ text: left, when: "both" }];
    return [
      ...(left === null ? [] : [{ text: left, when: "now" as const }]),
      ...(right === null ? [] : [{ text: right, when: "after" as const }]),
    ];
  });
}
