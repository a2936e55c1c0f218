import { AppError } from "../../errors.ts";
import { logger } from "../../logger.ts";

const LOG_AGAIN_MS = 600_000;

/** Next bundles its own copy of lib/; one slot on the process keeps one state. */
const slot = Symbol.for("bsuid-console.head-trouble");
const holder = globalThis as { [slot]?: { problem: string; loggedAt: number } };

/** The trail is no extension of what this console signed last: nothing is signed until somebody decides. */
export class HeadTroubleError extends AppError {
  constructor(problem: string) {
    super(
      "CONFLICT",
      `${problem} No head is signed, and nothing is exported, until the owner of the database says what happened: npm run audit:restored.`,
    );
  }
}

/** Why no head is signed here, in a sentence or two; null while heads are. */
export function headTrouble(): string | null {
  return holder[slot]?.problem ?? null;
}

/** Records what the latest look at the journal found, and logs it at level error. */
export function setHeadTrouble(problem: string | null): void {
  const before = holder[slot];
  if (problem === null) {
    delete holder[slot];
    return;
  }
  const now = performance.now();
  const isLogged = before?.problem === problem && now - before.loggedAt < LOG_AGAIN_MS;
  holder[slot] = { problem, loggedAt: isLogged ? before.loggedAt : now };
  if (!isLogged) logger().error({ problem }, "The audit trail's head is NOT signed any more.");
}
