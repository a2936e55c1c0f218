import { useTranslations } from "next-intl";
import { useState } from "react";
import { Button } from "../ui/button.tsx";
import { Entry } from "./entry.tsx";
import { numberIdOf, type PayloadEntry } from "./read-payload.ts";

const AT_ONCE = 20;
/** So many stand open from the start. */
const FEW = 3;

/** The items of a payload in its order; of a large batch the first ones, and more on demand. */
export function Entries({
  entries,
  nameOf,
  acceptsOf,
}: {
  entries: readonly PayloadEntry[];
  nameOf: (phoneNumberId: string) => string;
  acceptsOf: (entry: PayloadEntry) => boolean | null;
}) {
  const t = useTranslations("simulator");
  const [most, setMost] = useState(AT_ONCE);
  const hidden = Math.max(0, entries.length - most);
  const isOpen = entries.length <= FEW;
  return (
    <>
      <ol className="flex flex-col gap-2">
        {entries.slice(0, most).map((entry) => {
          const numberId = numberIdOf(entry);
          return (
            <Entry
              // Another case has other items at the same paths: theirs begin anew.
              key={`${entry.path} ${entry.kind} ${isOpen}`}
              entry={entry}
              numberName={numberId === null ? null : nameOf(numberId)}
              acceptsBsuid={acceptsOf(entry)}
              isOpen={isOpen}
            />
          );
        })}
      </ol>
      {hidden > 0 && (
        <div className="flex flex-wrap items-center gap-3 pt-3">
          <Button onClick={() => setMost(most + AT_ONCE)}>
            {t("more", { count: Math.min(AT_ONCE, hidden) })}
          </Button>
          <p className="text-muted">
            {t("shown", { shown: entries.length - hidden, total: entries.length })}
          </p>
        </div>
      )}
    </>
  );
}
