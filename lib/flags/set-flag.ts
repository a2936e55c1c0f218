import type { z } from "zod";
import type { Actor } from "../access/actor.ts";
import { AppError, type ErrorCode } from "../errors.ts";
import type { NumberRecord } from "../numbers/number-record.ts";
import type { RequestWithWishes } from "./pending/request-record.ts";
import { explain, type Refusal, RefusedChanges } from "./refused-changes.ts";
import { type SetFlagsResult, setFlags, setFlagsSchema } from "./set-flags.ts";

const { changes, reason, ticketUrl } = setFlagsSchema.shape;

export const setFlagSchema = changes.element.extend({ reason, ticketUrl });

export type SetFlagInput = z.input<typeof setFlagSchema>;

export type SetFlagResult = {
  changed: boolean;
  number: NumberRecord;
  /** Opened instead of the change, where the account needs two people. */
  request: RequestWithWishes | null;
  cursor: string;
};

/** The change was refused; `current` is the number's present state, null when it is unknown. */
export class RefusedChange extends AppError {
  override name = "RefusedChange";
  readonly current: NumberRecord | null;

  constructor(refusal: Refusal) {
    super(CODE_OF[refusal.why], explain(refusal));
    this.current = "current" in refusal ? refusal.current : null;
  }
}

const CODE_OF = {
  unknown: "NOT_FOUND",
  repeated: "INVALID_INPUT",
  retired: "CONFLICT",
  stale: "PRECONDITION_FAILED",
  "off-only": "CONFLICT",
} as const satisfies Record<Refusal["why"], ErrorCode>;

/**
 * Sets BSUID acceptance of one number: `setFlags` with a result and errors for a single number.
 *
 * @throws RefusedChange NOT_FOUND, CONFLICT (retired) or PRECONDITION_FAILED (stale)
 */
export async function setFlag(
  actor: Actor,
  input: SetFlagInput,
  options: { twoPeople?: "request" | "refuse" } = {},
): Promise<SetFlagResult> {
  const { reason, ticketUrl, ...change } = input;
  try {
    return toSetFlagResult(
      await setFlags(actor, { changes: [change], reason, ticketUrl }, options),
    );
  } catch (error) {
    throw toRefusedChange(error);
  }
}

/** The result of `setFlags` for its only number. */
export function toSetFlagResult(result: SetFlagsResult): SetFlagResult {
  const { changed, unchanged, needApproval, request, cursor } = result;
  const [number] = [...changed, ...unchanged, ...needApproval];
  if (!number) throw new Error("setFlags answered without the number.");
  return { changed: changed.length > 0, number, request, cursor };
}

/** An error of `setFlags` for its only change, as one for that change. */
export function toRefusedChange(error: unknown): unknown {
  const refusal = error instanceof RefusedChanges ? error.refusals[0] : undefined;
  return refusal ? new RefusedChange(refusal) : error;
}
