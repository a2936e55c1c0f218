import type { AttemptEnd } from "../store/webhook-queue.ts";

/** Ends for the other thread. Of nearly all, those delivered at the first attempt, only the `seq` is sent. */
export type PackedEnds = { deliveredAtOnce: number[]; others: AttemptEnd[] };

export function packEnds(ends: readonly AttemptEnd[]): PackedEnds {
  const deliveredAtOnce: number[] = [];
  const others: AttemptEnd[] = [];
  for (const end of ends) {
    if (end.status === "delivered" && end.attempts === 1) deliveredAtOnce.push(end.seq);
    else others.push(end);
  }
  return { deliveredAtOnce, others };
}

export function unpackEnds({ deliveredAtOnce, others }: PackedEnds): AttemptEnd[] {
  const delivered = (seq: number) => ({ seq, attempts: 1, status: "delivered" }) as const;
  return [...deliveredAtOnce.map(delivered), ...others];
}
