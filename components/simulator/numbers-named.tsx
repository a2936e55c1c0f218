import { useTranslations } from "next-intl";
import { MAX_IDS } from "#lib/numbers/max-ids.ts";
import { Button } from "../ui/button.tsx";
import type { NumberNow } from "./number-now.ts";
import type { SimulatorState } from "./simulator-query.ts";

const MAX_SHOWN = 10;

/** The numbers that a payload is about, and their current state. */
export function NumbersNamed({
  ids,
  nowOf,
  state,
  onRetry,
}: {
  ids: readonly string[];
  nowOf: (id: string) => NumberNow;
  state: SimulatorState;
  onRetry: () => void;
}) {
  const t = useTranslations("simulator");
  if (ids.length === 0) return null;
  const hidden = ids.length - MAX_SHOWN;
  const hasFailed = ids.some((id) => nowOf(id).kind === "failed");
  return (
    <div className="pb-3">
      <h3 className="text-meta text-muted">{t("numbersNamed", { count: ids.length })}</h3>
      <ul>
        {ids.slice(0, MAX_SHOWN).map((id) => (
          <li key={id} className="flex flex-wrap gap-x-2">
            <NamedNumber id={id} now={nowOf(id)} />
            {state !== "now" && <span className="text-muted">({t(`as.${state}`)})</span>}
          </li>
        ))}
        {hidden > 0 && <li className="text-muted">{t("numbersMore", { count: hidden })}</li>}
      </ul>
      {hasFailed && <Button onClick={onRetry}>{t("retry")}</Button>}
    </div>
  );
}

function NamedNumber({ id, now }: { id: string; now: NumberNow }) {
  const t = useTranslations("simulator.now");
  return (
    <>
      {now.kind === "known" && (
        <a
          href={`/numbers/${id}`}
          className="font-medium wrap-anywhere underline underline-offset-2"
        >
          <bdi>{now.number.label}</bdi>
        </a>
      )}
      <span className="font-mono text-meta leading-5">{id}</span>
      <span className="text-muted">{toWords(now, t)}</span>
    </>
  );
}

function toWords(now: NumberNow, t: ReturnType<typeof useTranslations<"simulator.now">>): string {
  switch (now.kind) {
    case "known":
      if (now.number.retiredAt !== null) return t("retired");
      return now.number.acceptsBsuid ? t("accepting") : t("phoneOnly");
    case "not_asked":
      return t("notAsked", { most: MAX_IDS });
    default:
      return t(now.kind);
  }
}
