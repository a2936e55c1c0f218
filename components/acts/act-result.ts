import type { ErrorCode } from "#lib/errors.ts";

/** An expected failure as a value, in words for the person who acted. */
export type ActFailure = { ok: false; code: ErrorCode; message: string };

/** What a server action answers. */
export type ActResult<Value> = { ok: true; value: Value } | ActFailure;

/** A server action as components take it. */
export type Act<Input, Value> = (input: Input) => Promise<ActResult<Value>>;
