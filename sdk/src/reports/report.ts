import type { CountRow } from "./count-table.ts";

/** The body of `POST /api/v1/reports`. */
export type Report = {
  instanceId: string;
  /** Higher with each report; a retry has the same, so that it is counted once. */
  sequence: number;
  sdk: string;
  appliedCursor: string;
  appliedAt: string;
  counts: readonly CountRow[];
  /** The last refusal, which the console may not know of: something in front of it can refuse, too. */
  refusal?: {
    what: "flags" | "reports";
    status: number | null;
    since: string;
    until: string | null;
  };
  /** The process ends normally, so that the console does not report it as missing. */
  closing?: true;
};
