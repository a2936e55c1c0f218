/** The names of all values that exist once per process. */
type SlotName =
  | "audit-head-trouble"
  | "auth-failures"
  | "database"
  | "database-clock"
  | "figures"
  | "flag-feed"
  | "instance"
  | "live-hub"
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
 * A slot for one value per process. A module's variable would not do: Next bundles its own copy of lib/, which
 * has variables of its own. Each name is used by one module only, so that its value has one type.
 */
export function processSlot<Value>(name: SlotName): Slot<Value> {
  holder[key] ??= {};
  holder[key][name] ??= { value: undefined };
  return holder[key][name] as Slot<Value>;
}
