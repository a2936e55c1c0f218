import { NUMBER_SORTS, type NumberSort } from "#lib/numbers/number-sorts.ts";
import { Select } from "../ui/select.tsx";
import { NUMBER_STATES, type NumberState } from "./number-state.ts";

/** The filters of the list, and its order. */
export type ListQuery = {
  q: string;
  state: NumberState;
  account: string;
  sort: NumberSort;
};

export type NumberFilterWords = {
  state: string;
  states: Record<NumberState, string>;
  account: string;
  anyAccount: string;
  sort: string;
  sorts: Record<NumberSort, string>;
};

/** The selects for state, account and order, each of which applies as soon as it is changed. */
export function NumberFilterSelects({
  query,
  accounts,
  words,
  onChange,
}: {
  query: ListQuery;
  accounts: { id: string; name: string }[];
  words: NumberFilterWords;
  onChange: () => void;
}) {
  return (
    <>
      <Select label={words.state} name="state" value={query.state} onChange={onChange}>
        {NUMBER_STATES.map((state) => (
          <option key={state} value={state}>
            {words.states[state]}
          </option>
        ))}
      </Select>
      <Select label={words.account} name="account" value={query.account} onChange={onChange}>
        <option value="">{words.anyAccount}</option>
        {accounts.map(({ id, name }) => (
          <option key={id} value={id}>
            {name}
          </option>
        ))}
      </Select>
      <Select label={words.sort} name="sort" value={query.sort} onChange={onChange}>
        {NUMBER_SORTS.map((sort) => (
          <option key={sort} value={sort}>
            {words.sorts[sort]}
          </option>
        ))}
      </Select>
    </>
  );
}
