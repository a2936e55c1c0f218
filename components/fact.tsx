import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { CopyButton } from "./ui/copy-button.tsx";
import { Check, Copy } from "./ui/icons.tsx";

/** A row of a description list: a name and its value. */
export function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div className="flex min-h-8 items-center justify-between gap-2 border-t">
      <dt className="shrink-0 text-muted">{name}</dt>
      <dd className="flex min-w-0 items-center gap-1 text-right wrap-anywhere tabular-nums">
        {children}
      </dd>
    </div>
  );
}

/** A row whose value can be copied. */
export function Identifier({ name, value }: { name: string; value: string }) {
  const t = useTranslations("fact");
  return (
    <Fact name={name}>
      <span className="font-mono text-meta">{value}</span>
      <CopyButton
        value={value}
        name={t("copy", { what: name })}
        doneName={t("copied")}
        icon={<Copy aria-hidden className="size-3.5" />}
        doneIcon={<Check aria-hidden className="size-3.5" />}
      />
    </Fact>
  );
}
