import { processSlot } from "../process-slot.ts";

/** A request as it is counted: by the route's template, never by what a client put into it. */
export type CountedRequest = { route: string; method: string; status: number };

type Cell = CountedRequest & { count: number };

const slot = processSlot<Map<string, Cell>>("request-counts");

/** Counts an answer. One look into a map, since the plain poll does this, too; scrapes do the rest. */
export function countRequest({ route, method, status }: CountedRequest): void {
  slot.value ??= new Map();
  const name = `${method}${status}${route}`;
  const cell = slot.value.get(name);
  if (cell) cell.count += 1;
  else slot.value.set(name, { route, method, status, count: 1 });
}

/** All that was counted since the process began. */
export function readRequestCounts(): Iterable<Readonly<Cell>> {
  return slot.value?.values() ?? [];
}
