import Link from "next/link";
import { useTranslations } from "next-intl";
import type { EvidenceNumber, RequestEvidence } from "#lib/requests/get-request-evidence.ts";
import { FlagState } from "../flags/flag-state.tsx";
import { PhoneNumber } from "../numbers/phone-number.tsx";
import { isolate } from "../ui/isolate.ts";
import { RowTable } from "../ui/row-table.tsx";

const COLUMNS = ["columnNumber", "columnThen", "columnNow", "columnWanted", "columnLost"] as const;

/** The numbers as they were and are now, what they are to be, and what they lose while the request waits. */
export function RequestNumbers({ evidence }: { evidence: RequestEvidence }) {
  const t = useTranslations("requests");
  const { request, numbers } = evidence;
  if (request.liftsTwoPeopleOf) {
    return <p>{t("lift", { account: isolate(request.liftsTwoPeopleOf.name) })}</p>;
  }
  const more = request.changes.length - numbers.length;
  return (
    <section aria-labelledby="numbers" className="column min-w-0">
      <h2 id="numbers" className="pb-1 font-semibold">
        {t("numbers")}
      </h2>
      <RowTable caption={t("numbers")} columns={COLUMNS.map((key) => ({ name: t(key) }))}>
        {numbers.map((one) => (
          <Row
            key={one.number.phoneNumberId}
            one={one}
            // What it did itself is no news.
            hasMovedOn={one.hasMovedOn && request.state !== "approved"}
          />
        ))}
      </RowTable>
      {more > 0 && <p className="pt-2 text-muted">{t("numbersMore", { count: more })}</p>}
    </section>
  );
}

function Row({
  one: { number, acceptsBsuid, lost },
  hasMovedOn,
}: {
  one: EvidenceNumber;
  hasMovedOn: boolean;
}) {
  const t = useTranslations("requests");
  return (
    <tr>
      <th scope="row">
        <Link
          href={`/numbers/${number.phoneNumberId}`}
          prefetch={false}
          className="font-medium wrap-anywhere hover:underline"
        >
          <bdi>{number.label}</bdi>
        </Link>
        <span className="block text-muted">
          <PhoneNumber e164={number.displayPhoneNumber} /> · <bdi>{number.account.name}</bdi>
        </span>
        {hasMovedOn && <span className="block text-meta text-amber">{t("movedOn")}</span>}
      </th>
      <td>
        <span className="text-muted md:hidden">{t("columnThen")}: </span>
        <FlagState flag={{ acceptsBsuid: !acceptsBsuid, retiredAt: null }} />
      </td>
      <td>
        <span className="text-muted md:hidden">{t("columnNow")}: </span>
        <FlagState flag={number} />
      </td>
      <td>
        <span className="text-muted md:hidden">{t("columnWanted")}: </span>
        <FlagState flag={{ acceptsBsuid, retiredAt: null }} />
      </td>
      <td className={`tabular-nums ${lost === 0 ? "text-muted" : ""}`}>
        <span className="md:hidden">{t("columnLost")}: </span>
        {t("lost", { count: lost })}
      </td>
    </tr>
  );
}
