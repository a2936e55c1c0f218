import type { FlagTimeline } from "../../../flags/flag-timeline.ts";
import { FLAG_KEY } from "./flag-key.ts";

/** One flag's value for one number. */
export type Evaluation = {
  key: string;
  value: boolean;
  reason: "TARGETING_MATCH";
  variant: "on" | "off";
  metadata: { revision: number; cursor: string };
};

/**
 * The flag of a number; off for an unknown or retired one.
 *
 * The reason is TARGETING_MATCH for off as well, since the value depends on the targeting key either way
 * (OpenFeature: "the result of a dynamic evaluation"). Some clients cache a STATIC answer by the flag's
 * key alone: one number's off would become another's.
 */
export function evaluate(timeline: FlagTimeline, phoneNumberId: string): Evaluation {
  const { revision, cursor } = timeline;
  const value = timeline.acceptsBsuid(phoneNumberId);
  return {
    key: FLAG_KEY,
    value,
    reason: "TARGETING_MATCH",
    variant: value ? "on" : "off",
    metadata: { revision, cursor },
  };
}
