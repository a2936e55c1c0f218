import type { LiveEntry, LiveKind } from "./live-entry.ts";

/** A change of more things than this names none of them: pages then read everything again. */
const MAX_IDS = 100;

/** The data of an `event: change`. */
export type LiveChange = {
  kind: LiveKind;
  /** Empty for a change of many things, or of none in particular. */
  ids: string[];
  /** Of a flag: the latest revision. */
  revision?: number;
  /** The person who reads this did it. */
  own?: true;
};

type Group = { change: LiveChange; ids: Set<string>; isOfMany: boolean };

/** Entries as server-sent events for one person, one for each kind; empty when they concern nobody there. */
export function toEvents(entries: readonly LiveEntry[], personId: string | null): string {
  const groups = new Map<string, Group>();
  for (const { kind, id, revision, actorId, onlyFor } of entries) {
    if (onlyFor !== null && onlyFor !== personId) continue;
    const isOwn = actorId !== null && actorId === personId;
    const key = `${kind} ${isOwn}`;
    const fresh: Group = { change: { kind, ids: [] }, ids: new Set(), isOfMany: false };
    const group = groups.get(key) ?? fresh;
    groups.set(key, group);
    if (id === null) group.isOfMany = true;
    else group.ids.add(id);
    if (revision !== null) group.change.revision = revision;
    if (isOwn) group.change.own = true;
  }
  const position = entries.at(-1)?.position ?? "";
  return [...groups.values()]
    .map(({ change, ids, isOfMany }) => {
      const isNamed = !isOfMany && ids.size <= MAX_IDS;
      const data = { ...change, ids: isNamed ? [...ids] : [] };
      return toEvent("change", { position, data });
    })
    .join("");
}

/** One server-sent event. */
export function toEvent(
  event: "open" | "change" | "reset" | "ended",
  { position, data = {} }: { position: string; data?: object },
): string {
  return `event: ${event}\nid: ${position}\ndata: ${JSON.stringify(data)}\n\n`;
}
