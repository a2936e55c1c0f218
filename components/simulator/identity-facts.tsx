import { useTranslations } from "next-intl";
import type { IdentityChange } from "#sdk/rules.ts";

/** The ids that a customer had and has; says so where the notice leaves one out. */
export function IdentityFacts({ change }: { change: IdentityChange }) {
  const t = useTranslations("simulator.change");
  const facts = [
    ["bsuid", change.previous, change.current],
    ["parent", change.previousParent, change.currentParent],
    ["phone", change.previousPhone, change.currentPhone],
  ] as const;
  return (
    <dl>
      {facts.map(([name, previous, current]) =>
        previous === null && current === null ? null : (
          <div key={name} className="flex flex-wrap gap-x-2">
            <dt className="text-muted">{t(name)}</dt>
            <dd className="wrap-anywhere">
              <Id value={previous} /> {t("to")} <Id value={current} />
            </dd>
          </div>
        ),
      )}
    </dl>
  );
}

function Id({ value }: { value: string | null }) {
  const t = useTranslations("simulator.change");
  if (value === null) return <span className="text-muted">{t("untold")}</span>;
  return <span className="font-mono text-meta">{value}</span>;
}
