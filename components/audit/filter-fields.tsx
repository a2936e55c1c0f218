import { buttonStyle } from "../ui/button-style.ts";
import { ChevronRight } from "../ui/icons.tsx";
import { Select } from "../ui/select.tsx";
import { FilterInput } from "./filter-input.tsx";
import { type OptionGroup, OptionGroups } from "./option-groups.tsx";

/** The values of the form's fields; "" for a filter that is not set. */
export type FilterValues = Record<
  | "who"
  | "people"
  | "action"
  | "number"
  | "account"
  | "accounts"
  | "from"
  | "to"
  | "channel"
  | "outcome"
  | "reason",
  string
>;

export type AuditFilterWords = Record<
  keyof FilterValues | "any" | "numberPlaceholder" | "times" | "more",
  string
>;

/** The choices of each field, and a hint for where not everything is listed. */
export type FilterChoices = Record<"who" | "action", OptionGroup[]> &
  Record<"account" | "channel" | "outcome", OptionGroup["options"]> &
  Record<"whoNote" | "accountNote", string | null>;

const TIMES_ID = "filter-times";

/** The filters that are folded away until one of them is set. */
const FOLDED = ["reason", "from", "to", "channel", "outcome"] as const;

/** The fields for actor, action and target, and behind them those for reason, time, source and outcome. */
export function FilterFields({
  values,
  words,
  choices,
  onChoose,
}: {
  values: FilterValues;
  words: AuditFilterWords;
  choices: FilterChoices;
  onChoose: () => void;
}) {
  const toField = (name: keyof FilterValues) => ({ name, label: words[name], value: values[name] });
  const toChoice = (name: "account" | "channel" | "outcome") => (
    <Select {...toField(name)} onChange={onChoose}>
      <option value="">{words.any}</option>
      {choices[name].map((option) => (
        <option key={option.value} value={option.value}>
          {option.name}
        </option>
      ))}
    </Select>
  );
  const toFinder = (name: "people" | "accounts", note: string | null) =>
    (note !== null || values[name] !== "") && (
      <div className="flex flex-col gap-1">
        <FilterInput {...toField(name)} describedBy={`filter-${name}-note`} />
        {note !== null && (
          <p id={`filter-${name}-note`} className="text-meta text-muted">
            {note}
          </p>
        )}
      </div>
    );
  return (
    <>
      <Select {...toField("who")} onChange={onChoose}>
        <option value="">{words.any}</option>
        <OptionGroups groups={choices.who} />
      </Select>
      {toFinder("people", choices.whoNote)}
      <Select {...toField("action")} onChange={onChoose}>
        <option value="">{words.any}</option>
        <OptionGroups groups={choices.action} />
      </Select>
      <FilterInput {...toField("number")} placeholder={words.numberPlaceholder} />
      {toChoice("account")}
      {toFinder("accounts", choices.accountNote)}
      <details open={FOLDED.some((name) => values[name] !== "")} className="group open:basis-full">
        <summary className={buttonStyle({ variant: "quiet" })}>
          <ChevronRight aria-hidden className="size-4 text-muted group-open:rotate-90" />
          {words.more}
        </summary>
        <div className="flex flex-wrap items-center gap-2 pt-2">
          <FilterInput {...toField("reason")} />
          <FilterInput {...toField("from")} type="datetime-local" describedBy={TIMES_ID} />
          <FilterInput {...toField("to")} type="datetime-local" describedBy={TIMES_ID} />
          {toChoice("channel")}
          {toChoice("outcome")}
          <p id={TIMES_ID} className="basis-full text-meta text-muted wrap-anywhere">
            {words.times}
          </p>
        </div>
      </details>
    </>
  );
}
