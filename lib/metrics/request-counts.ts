import { processSlot } from "../process-slot.ts";

/** The labels that a request is counted by: the route's template, not its parameters. */
export type CountedRequest = { route: string; method: string; status: number };

type Cell = CountedRequest & { count: number };

const slot = processSlot<Map<string, Cell>>("request-counts");

/** Counts a response. Cheap, one look-up in a map, because every poll calls it; scrapes do the rest. */
export function countRequest({ route, method, status }: CountedRequest): void {
  slot.value ??= new Map();
  const name = `${method}${status}${route}`;
  const cell = slot.value.get(name);
  if (cell) cell.count += 1;
  else slot.value.set(name, { route, method, status, count: 1 });
}

/** The counts since the process started. */
export function readRequestCounts(): Iterable<Readonly<Cell>> {
  return slot.value?.values() ?? [];
}
