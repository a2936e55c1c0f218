import { NUMBER_SORTS, type NumberSort } from "#lib/numbers/number-sorts.ts";
import { Select } from "../ui/select.tsx";
import { NUMBER_STATES, type NumberState, SINCE_DAYS, type SinceDays } from "./number-state.ts";

/** The filters of the list, and its order. */
export type ListQuery = {
  q: string;
  state: NumberState;
  account: string;
  manager: string;
  mixed: boolean;
  since: SinceDays;
  sort: NumberSort;
};

export type NumberFilterWords = {
  state: string;
  states: Record<NumberState, string>;
  account: string;
  anyAccount: string;
  manager: string;
  anyManager: string;
  mixed: string;
  since: string;
  sinceDays: Record<SinceDays, string>;
  sort: string;
  sorts: Record<NumberSort, string>;
};

export type Option = { value: string; name: string };

/** The filters beside the search, each of which applies as soon as it is changed. */
export function NumberFilterSelects({
  query,
  accounts,
  managers,
  words,
  onChange,
}: {
  query: ListQuery;
  accounts: readonly Option[];
  managers: readonly Option[];
  words: NumberFilterWords;
  onChange: () => void;
}) {
  const toOptions = (options: readonly Option[]) =>
    options.map(({ value, name }) => (
      <option key={value} value={value}>
        {name}
      </option>
    ));
  const toNamed = <Value extends string>(values: readonly Value[], names: Record<Value, string>) =>
    toOptions(values.map((value) => ({ value, name: names[value] })));
  return (
    <>
      <Select label={words.state} name="state" value={query.state} onChange={onChange}>
        {toNamed(NUMBER_STATES, words.states)}
      </Select>
      <Select label={words.account} name="account" value={query.account} onChange={onChange}>
        <option value="">{words.anyAccount}</option>
        {toOptions(accounts)}
      </Select>
      <Select label={words.manager} name="manager" value={query.manager} onChange={onChange}>
        <option value="">{words.anyManager}</option>
        {toOptions(managers)}
      </Select>
      <Select label={words.since} name="since" value={query.since} onChange={onChange}>
        {toNamed(SINCE_DAYS, words.sinceDays)}
      </Select>
      <label className="chip">
        <input
          key={String(query.mixed)}
          type="checkbox"
          name="mixed"
          value="true"
          defaultChecked={query.mixed}
          onChange={onChange}
        />
        {words.mixed}
      </label>
      {/* The table's head sorts where there is one. */}
      <div className="rail:hidden">
        <Select label={words.sort} name="sort" value={query.sort} onChange={onChange}>
          {toNamed(NUMBER_SORTS, words.sorts)}
        </Select>
      </div>
    </>
  );
}
