"use client";

import { useState } from "react";
import { Button } from "../ui/button.tsx";
import { SELECTION_FORM } from "./selection-form.ts";
import { type SelectedAccount, useSelection } from "./use-selection.ts";

/** The texts of the bar; `{count}` and `{name}` stand for what is selected. */
export type SelectionWords = Record<
  | "name"
  | "selected"
  | "allOf"
  | "all"
  | "allSelected"
  | "turnOn"
  | "makePhoneOnly"
  | "request"
  | "schedule"
  | "clear",
  string
>;

type Filter = Readonly<Record<string, string>>;

/** What the acts apply to: the ticked rows, all that match the list's filter, or an account's numbers. */
type Scope = "rows" | "all" | SelectedAccount;

/**
 * Leads from the ticked rows, from all that match or from all of an account to the review of a change, to
 * a request or to a schedule. It stands at the foot of the page while something is ticked.
 *
 * @param props.filter the filter that the list shows, so that "all" is what is seen
 */
export function SelectionBar({
  viewerId,
  filter,
  total,
  can,
  words,
}: {
  viewerId: string;
  filter: Filter;
  /** How many match, as people read it. */
  total: string;
  can: { set: boolean; request: boolean; schedule: boolean };
  words: SelectionWords;
  /** Grows with each tick, so that what is ticked is counted again. */
  ticks: number;
}) {
  const { selected, clear } = useSelection();
  const [asked, setScope] = useState<Scope>("rows");
  // Nothing wider than the rows outlives the ticks.
  const scope = selected.count === 0 ? "rows" : asked;
  const reach = scope === "rows" ? "rows" : "all";
  const shown = typeof scope === "object" ? { account: scope.id } : filter;
  return (
    <form
      id={SELECTION_FORM}
      method="post"
      action="/numbers/selection"
      aria-label={words.name}
      hidden={selected.count === 0}
      className="fixed inset-x-2 bottom-2 z-20 mx-auto flex w-fit max-w-full flex-wrap items-center gap-2 rounded-control border border-line-button bg-raised p-2 pl-4 shadow-raised rail:left-14 rail:bottom-4 names:left-56 [[hidden]]:hidden"
    >
      <input type="hidden" name="viewer" value={viewerId} />
      {Object.entries(shown).map(([name, value]) => (
        <input key={name} type="hidden" name={name} value={value} />
      ))}
      <span role="status" className="font-semibold tabular-nums">
        {toSaid(scope, selected.count, { total, words })}
      </span>
      {scope === "rows" && selected.account && (
        <Widen onPress={() => setScope(selected.account ?? "rows")}>
          {words.allOf.replace("{name}", selected.account.name)}
        </Widen>
      )}
      {scope === "rows" && selected.count === selected.ofAll && (
        <Widen onPress={() => setScope("all")}>{words.all.replace("{count}", total)}</Widen>
      )}
      {can.set && (
        <>
          <Button type="submit" variant="primary" name="act" value={`on ${reach}`}>
            {words.turnOn}
          </Button>
          <Button type="submit" name="act" value={`off ${reach}`}>
            {words.makePhoneOnly}
          </Button>
        </>
      )}
      {can.request && scope === "rows" && (
        <Button type="submit" name="act" value="request rows">
          {words.request}
        </Button>
      )}
      {can.schedule && scope === "rows" && (
        <Button type="submit" name="act" value="schedule rows">
          {words.schedule}
        </Button>
      )}
      <Button variant="quiet" onClick={clear}>
        {words.clear}
        <kbd className="font-sans text-meta text-muted max-rail:hidden">Esc</kbd>
      </Button>
    </form>
  );
}

function Widen({ onPress, children }: { onPress: () => void; children: string }) {
  return (
    <button
      type="button"
      onClick={onPress}
      className="min-h-8 px-1 text-muted underline decoration-line-field underline-offset-3 max-rail:hidden"
    >
      {children}
    </button>
  );
}

function toSaid(
  scope: Scope,
  count: number,
  { total, words }: { total: string; words: SelectionWords },
): string {
  if (scope === "rows") return words.selected.replace("{count}", String(count));
  if (scope === "all") return words.allSelected.replace("{count}", total);
  return words.allOf.replace("{name}", scope.name);
}
