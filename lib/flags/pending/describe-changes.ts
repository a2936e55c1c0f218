import type { FlagTarget } from "../gate.ts";

/** Some changes in a few words, as the trail names a request or schedule: "Turn on Sales (+55 …)". */
export function describeChanges(targets: readonly FlagTarget[]): string {
  const on = targets.filter(({ acceptsBsuid }) => acceptsBsuid);
  const off = targets.filter(({ acceptsBsuid }) => !acceptsBsuid);
  const parts = [
    on.length > 0 ? `turn on ${describeNumbers(on)}` : "",
    off.length > 0 ? `make ${describeNumbers(off)} phone-only` : "",
  ].filter(Boolean);
  const text = parts.join(", ");
  return text.charAt(0).toUpperCase() + text.slice(1);
}

function describeNumbers(targets: readonly FlagTarget[]): string {
  const [first] = targets;
  if (first && targets.length === 1) {
    return `${first.number.label} (${first.number.displayPhoneNumber})`;
  }
  const accounts = new Set(targets.map(({ number }) => number.account.id));
  const of = first && accounts.size === 1 ? ` of ${first.number.account.name}` : "";
  return `${targets.length} numbers${of}`;
}

/** What an entry of the trail says of some changes: how many of each kind there are, and of which numbers. */
export function countChanges(targets: readonly FlagTarget[]) {
  return {
    turnOn: targets.filter(({ acceptsBsuid }) => acceptsBsuid).length,
    makePhoneOnly: targets.filter(({ acceptsBsuid }) => !acceptsBsuid).length,
    phoneNumberIds: nameFew(targets),
  };
}

const MAX_NAMED = 20;

/** The ids of a few numbers; of many, how many more there are. The request itself keeps all. */
function nameFew(targets: readonly FlagTarget[]): string {
  const ids = targets.map(({ number }) => number.phoneNumberId);
  const more = ids.length > MAX_NAMED ? ` and ${ids.length - MAX_NAMED} more` : "";
  return ids.slice(0, MAX_NAMED).join(", ") + more;
}
