import { AsyncLocalStorage } from "node:async_hooks";
import { format } from "node:util";
import { logger } from "../../logger.ts";
import { isNoticed } from "./unreadable-requests.ts";

type Asked = { requestId: string; asked: string };

const answering = new AsyncLocalStorage<Asked>();
let isCaught = false;

/**
 * Runs the framework's part of an answer, and turns each message it prints into one line of the log, with
 * the request's id and without a stack: it prints for clients' mistakes, such as a body cut off or an
 * unknown action. Our own errors are logged in full by instrumentation.ts.
 */
export function logOutputOf<Result>(asked: Asked, answer: () => Result): Result {
  catchOutput();
  return answering.run(asked, answer);
}

function catchOutput(): void {
  if (isCaught) return;
  isCaught = true;
  const output = globalThis.console;
  for (const level of ["warn", "error"] as const) {
    const print = output[level].bind(output);
    output[level] = (...parts: unknown[]) => {
      const asked = answering.getStore();
      if (!asked) return print(...parts);
      if (isNoticed(asked.requestId)) return;
      logger().warn({ ...asked, said: toLine(parts) }, "The framework printed this.");
    };
  }
}

/** The first line, without the symbols that Next puts before it. */
function toLine(parts: readonly unknown[]): string {
  const texts = parts.map((part) =>
    part instanceof Error ? `${part.name}: ${part.message}` : part,
  );
  const [line = ""] = format(...texts)
    .trim()
    .split(/[\r\n]/, 1);
  return line.replace(/^[^\p{L}\p{N}"'`[{(<]+/u, "").slice(0, 500);
}
