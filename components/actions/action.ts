import type { ErrorCode } from "#lib/errors.ts";

/** An expected failure as a value, in words for the person who acted. */
export type ActionFailure = { ok: false; code: ErrorCode; message: string };

/** What a server action answers. */
export type ActionResult<Value> = { ok: true; value: Value } | ActionFailure;

/** A server action as components take it. */
export type Action<Input, Value> = (input: Input) => Promise<ActionResult<Value>>;
