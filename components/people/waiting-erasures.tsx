import Link from "next/link";
import { useTranslations } from "next-intl";
import type { ListedPerson } from "#lib/people/read-people.ts";
import { Moment } from "../moment.tsx";
import { Notice } from "../ui/notice.tsx";

/** The people whose data will be erased, shown to every admin while it can be withdrawn. */
export function WaitingErasures({ people }: { people: readonly ListedPerson[] }) {
  const t = useTranslations("people");
  if (people.length === 0) return null;
  return (
    <section aria-labelledby="erasures" className="pb-3">
      <Notice tone="warning">
        <h2 id="erasures" className="font-semibold">
          {t("erasures")}
        </h2>
        <ul>
          {people.map(({ id, name, erasureDue }) => (
            <li key={id} className="wrap-anywhere">
              {t.rich("erasureOf", {
                person: () => (
                  <Link href={`/people/${id}`} prefetch={false} className="underline">
                    <bdi>{name}</bdi>
                  </Link>
                ),
                due: () => erasureDue && <Moment at={erasureDue} isExact />,
              })}
            </li>
          ))}
        </ul>
      </Notice>
    </section>
  );
}
