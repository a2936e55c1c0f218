import Form from "next/form";
import { useTranslations } from "next-intl";
import { MAX_CHARACTERS } from "#lib/numbers/max-characters.ts";
import type { NumberRecord } from "#lib/numbers/number-record.ts";
import { FlagState } from "../flags/flag-state.tsx";
import { PhoneNumber } from "../numbers/phone-number.tsx";
import { Button } from "../ui/button.tsx";
import { CONTROL_STYLE } from "../ui/control-style.ts";
import { isolate } from "../ui/isolate.ts";
import { AskLink } from "./ask-link.tsx";

const SEARCH = "ask-search";

/** A search for numbers to ask for, and a link to add each; the chosen ones stay in the address. */
export function AskMatches({
  q,
  chosenIds,
  from,
  matches,
  addAllHref,
  noMatch,
}: {
  q: string;
  chosenIds: readonly string[];
  from: string | null;
  matches: readonly { number: NumberRecord; addHref: `/requests/new?${string}` }[];
  /** Adds all that were found; null without a search for several. */
  addAllHref: `/requests/new?${string}` | null;
  noMatch: string;
}) {
  const t = useTranslations("askRequest");
  return (
    <section aria-labelledby="find" className="min-w-0">
      <h2 id="find" className="pb-1 font-semibold">
        {t("find")}
      </h2>
      <Form action="/requests/new" role="search" className="flex items-end gap-2 pb-2">
        {chosenIds.map((id) => (
          <input key={id} type="hidden" name="number" value={id} />
        ))}
        {from && <input type="hidden" name="from" value={from} />}
        <label className="min-w-0 flex-1 text-meta text-muted">
          {t("findHint")}
          <input
            id={SEARCH}
            type="search"
            name="q"
            defaultValue={q}
            maxLength={MAX_CHARACTERS}
            autoComplete="off"
            className={CONTROL_STYLE}
          />
        </label>
        <Button type="submit">{t("findApply")}</Button>
      </Form>
      {matches.length === 0 && <p className="text-muted">{noMatch}</p>}
      {addAllHref && (
        <p className="pb-2">
          <AskLink id="add-all" href={addAllHref} focusNext={SEARCH}>
            {t("addAll", { count: matches.length })}
          </AskLink>
        </p>
      )}
      <ul className="border-b">
        {matches.map(({ number, addHref }) => (
          <li
            key={number.phoneNumberId}
            className="flex min-h-10 flex-wrap items-center gap-x-3 gap-y-1 border-t py-1.5"
          >
            <div className="min-w-0 flex-1 basis-48 wrap-anywhere">
              <bdi className="font-medium">{number.label}</bdi>
              <span className="block text-muted">
                <PhoneNumber e164={number.displayPhoneNumber} /> · <bdi>{number.account.name}</bdi>
              </span>
            </div>
            <FlagState flag={number} />
            <AskLink
              id={`add-${number.phoneNumberId}`}
              href={addHref}
              name={t("add", { label: isolate(number.label) })}
              focusNext={SEARCH}
            >
              {t("addShort")}
            </AskLink>
          </li>
        ))}
      </ul>
    </section>
  );
}
