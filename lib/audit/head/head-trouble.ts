import { AppError } from "../../errors.ts";
import { logger } from "../../logger.ts";
import { processSlot } from "../../process-slot.ts";

const LOG_AGAIN_MS = 600_000;

const slot = processSlot<{ problem: string; loggedAt: number }>("audit-head-trouble");

/** The trail does not continue from what this console signed last; signing stops until an operator decides. */
export class HeadTroubleError extends AppError {
  constructor(problem: string) {
    super(
      "CONFLICT",
      `${problem} No head is signed, and nothing is exported, until the owner of the database says what happened: npm run audit:restored.`,
    );
  }
}

/** Why this console signs no heads, in a sentence or two; null while it does. */
export function headTrouble(): string | null {
  return slot.value?.problem ?? null;
}

/** Sets or clears why this console signs no heads; logs a problem at level error, again every ten minutes. */
export function setHeadTrouble(problem: string | null): void {
  const before = slot.value;
  if (problem === null) {
    slot.value = undefined;
    return;
  }
  const now = performance.now();
  const isLogged = before?.problem === problem && now - before.loggedAt < LOG_AGAIN_MS;
  slot.value = { problem, loggedAt: isLogged ? before.loggedAt : now };
  if (!isLogged) logger().error({ problem }, "The audit trail's head is NOT signed any more.");
}
