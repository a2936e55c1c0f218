/** What stands once in a process. */
type SlotName =
  | "audit-head-trouble"
  | "auth-failures"
  | "database"
  | "database-clock"
  | "flag-feed"
  | "instance"
  | "metrics"
  | "refusals"
  | "request-counts"
  | "request-notes"
  | "token-memory"
  | "trail-guard"
  | "untrusted-proxy";

type Slot<Value> = { value: Value | undefined };

const key = Symbol.for("bsuid-console.slots");
const holder = globalThis as { [key]?: Partial<Record<SlotName, Slot<unknown>>> };

/**
 * A place for one value a process: Next bundles its own copy of lib/, whose modules have variables of their
 * own. Of one name there is one module, so that all who take it mean the same type.
 */
export function processSlot<Value>(name: SlotName): Slot<Value> {
  holder[key] ??= {};
  holder[key][name] ??= { value: undefined };
  return holder[key][name] as Slot<Value>;
}
