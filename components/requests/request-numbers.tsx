import Link from "next/link";
import { useTranslations } from "next-intl";
import type { EvidenceNumber, RequestEvidence } from "#lib/requests/get-request-evidence.ts";
import { FlagState } from "../flags/flag-state.tsx";
import { PhoneNumber } from "../numbers/phone-number.tsx";
import { isolate } from "../ui/isolate.ts";

const COLUMNS = ["columnNumber", "columnThen", "columnNow", "columnWanted", "columnLost"] as const;
const CELL = "block min-w-0 py-0.5 md:table-cell md:px-2 md:py-1.5 md:align-top";

/** The numbers as they were and are now, what they are to be, and what they lose while the request waits. */
export function RequestNumbers({ evidence }: { evidence: RequestEvidence }) {
  const t = useTranslations("requests");
  const { request, numbers } = evidence;
  if (request.liftsTwoPeopleOf) {
    return <p>{t("lift", { account: isolate(request.liftsTwoPeopleOf.name) })}</p>;
  }
  const more = request.changes.length - numbers.length;
  return (
    <section aria-labelledby="numbers" className="min-w-0">
      <h2 id="numbers" className="pb-1 font-semibold">
        {t("numbers")}
      </h2>
      <table className="block w-full border-y md:table">
        <caption className="sr-only">{t("numbers")}</caption>
        <thead className="sr-only md:not-sr-only md:table-header-group">
          <tr className="text-left text-xs text-muted md:h-8">
            {COLUMNS.map((key) => (
              <th key={key} scope="col" className="px-2 font-medium">
                {t(key)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody className="block md:table-row-group">
          {numbers.map((one) => (
            <Row key={one.number.phoneNumberId} one={one} />
          ))}
        </tbody>
      </table>
      {more > 0 && <p className="pt-2 text-muted">{t("numbersMore", { count: more })}</p>}
    </section>
  );
}

function Row({ one: { number, acceptsBsuid, hasMovedOn, lost } }: { one: EvidenceNumber }) {
  const t = useTranslations("requests");
  return (
    <tr className="block border-t px-2 py-2 md:table-row md:px-0 md:py-0">
      <th scope="row" className={`${CELL} text-left font-normal`}>
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
        {hasMovedOn && <span className="block text-xs text-warning">{t("movedOn")}</span>}
      </th>
      <td className={CELL}>
        <span className="text-muted md:hidden">{t("columnThen")}: </span>
        <FlagState flag={{ acceptsBsuid: !acceptsBsuid, retiredAt: null }} />
      </td>
      <td className={CELL}>
        <span className="text-muted md:hidden">{t("columnNow")}: </span>
        <FlagState flag={number} />
      </td>
      <td className={CELL}>
        <span className="text-muted md:hidden">{t("columnWanted")}: </span>
        <FlagState flag={{ acceptsBsuid, retiredAt: null }} />
      </td>
      <td className={`${CELL} tabular-nums ${lost === 0 ? "text-muted" : ""}`}>
        <span className="md:hidden">{t("columnLost")}: </span>
        {t("lost", { count: lost })}
      </td>
    </tr>
  );
}
