import type { ErrorCode } from "#lib/errors.ts";

/** An expected failure as a value, in words for the person who acted. */
export type ActionFailure<Current = unknown> = {
  ok: false;
  code: ErrorCode;
  message: string;
  /** What it was about as it is now, where that is why it was refused. */
  current: Current | null;
};

/** What a server action answers. */
export type ActionResult<Value, Current = unknown> =
  | { ok: true; value: Value }
  | ActionFailure<Current>;

/** A server action as components take it. */
export type Action<Input, Value, Current = unknown> = (
  input: Input,
) => Promise<ActionResult<Value, Current>>;
