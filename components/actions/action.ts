import type { ErrorCode } from "#lib/errors.ts";

/** An expected failure as a value, in words for the person who acted. */
export type ActionFailure<Current = unknown> = {
  ok: false;
  code: ErrorCode;
  message: string;
  /** The current state of what was acted on, where that is why the action was refused. */
  current: Current | null;
};

/** The result of a server action. */
export type ActionResult<Value, Current = unknown> =
  | { ok: true; value: Value }
  | ActionFailure<Current>;

/** A server action, as components call it. */
export type Action<Input, Value, Current = unknown> = (
  input: Input,
) => Promise<ActionResult<Value, Current>>;
