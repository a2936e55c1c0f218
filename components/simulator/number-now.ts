import type { SimulatorNumber } from "./simulator-number.ts";
import type { SimulatorState } from "./simulator-query.ts";

/** What is currently known about a number that a payload names. */
export type NumberNow =
  | { kind: "known"; number: SimulatorNumber }
  /** The console has no such number. */
  | { kind: "unknown" }
  | { kind: "asking" }
  | { kind: "failed" }
  /** The payload names more numbers than are looked up. */
  | { kind: "not_asked" };

/**
 * Whether the number accepts phone-less customers in the chosen state; null while it is not known. An
 * unknown or retired number is off, as for the runtime.
 */
export function accepts(state: SimulatorState, now: NumberNow): boolean | null {
  if (state !== "now") return state === "on";
  if (now.kind === "unknown") return false;
  if (now.kind !== "known") return null;
  return now.number.acceptsBsuid && now.number.retiredAt === null;
}
