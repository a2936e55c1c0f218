/** A request as it is counted: by the route's template, never by what a client put into it. */
export type CountedRequest = { route: string; method: string; status: number };

type Cell = CountedRequest & { count: number };

/** Next bundles its own copy of lib/; one slot on the process keeps one count. */
const slot = Symbol.for("bsuid-console.request-counts");
const holder = globalThis as { [slot]?: Map<string, Cell> };

/** Counts an answer. One look into a map, since the plain poll does this, too; scrapes do the rest. */
export function countRequest({ route, method, status }: CountedRequest): void {
  holder[slot] ??= new Map();
  const name = `${method}${status}${route}`;
  const cell = holder[slot].get(name);
  if (cell) cell.count += 1;
  else holder[slot].set(name, { route, method, status, count: 1 });
}

/** All that was counted since the process began. */
export function readRequestCounts(): Iterable<Readonly<Cell>> {
  return holder[slot]?.values() ?? [];
}
