import type { CountRow } from "./count-table.ts";

/** The body of `POST /api/v1/reports`. */
export type Report = {
  instanceId: string;
  /** Higher with each report; the same again for a retry, so that it is counted once. */
  sequence: number;
  sdk: string;
  appliedCursor: string;
  appliedAt: string;
  counts: readonly CountRow[];
  /** What was refused last, of which the console may not know: something in front of it can refuse, too. */
  refusal?: {
    what: "flags" | "reports";
    status: number | null;
    since: string;
    until: string | null;
  };
  /** The process ends in good order: the console does not miss it. */
  closing?: true;
};
