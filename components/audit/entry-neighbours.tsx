import { useTranslations } from "next-intl";
import type { EntryInChain } from "#lib/audit/get-audit-event.ts";
import { EntryLine } from "./entry-line.tsx";

/** The entries before and after in the chain, and those made together with it. */
export function EntryNeighbours({
  entry: { event, previous, next, siblings, hasMoreSiblings },
}: {
  entry: EntryInChain;
}) {
  const t = useTranslations("entry");
  return (
    <>
      <section aria-labelledby="neighbours">
        <h2 id="neighbours" className="pb-1 font-semibold">
          {t("neighbours")}
        </h2>
        <dl>
          <dt className="border-t pt-2 text-muted">{t("previous")}</dt>
          <dd className="pb-2">
            {previous ? <EntryLine event={previous} /> : event.seq === 1 && t("first")}
          </dd>
          <dt className="border-t pt-2 text-muted">{t("next")}</dt>
          <dd className="pb-2">{next ? <EntryLine event={next} /> : t("last")}</dd>
        </dl>
      </section>
      {siblings.length > 0 && (
        <section aria-labelledby="siblings">
          <h2 id="siblings" className="font-semibold">
            {t("siblings")}
          </h2>
          <p className="pb-1 text-muted">
            {t(hasMoreSiblings ? "siblingsMore" : "siblingsHint", { count: siblings.length })}
          </p>
          <ol>
            {siblings.map((sibling) => (
              <li key={sibling.seq} className="border-t py-2">
                <EntryLine event={sibling} />
              </li>
            ))}
          </ol>
        </section>
      )}
    </>
  );
}
