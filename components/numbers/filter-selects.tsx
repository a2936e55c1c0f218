import { NUMBER_SORTS } from "#lib/numbers/number-sorts.ts";
import { Select } from "../ui/select.tsx";
import { NUMBER_STATES, type NumberState } from "./number-state.ts";

const SORTS = ["label", "account", "changed", "loss"] as const;

/** What the list is narrowed to, and its order. */
export type ListQuery = {
  q: string;
  state: NumberState;
  account: string;
  sort: (typeof SORTS)[number];
};

export type FilterWords = {
  state: string;
  states: Record<NumberState, string>;
  account: string;
  anyAccount: string;
  sort: string;
  sorts: Record<ListQuery["sort"], string>;
};

/** State, account and order; each works as soon as it is chosen. */
export function FilterSelects({
  query,
  accounts,
  words,
  onChange,
}: {
  query: ListQuery;
  accounts: { id: string; name: string }[];
  words: FilterWords;
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
