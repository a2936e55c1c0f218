import { phoneNumberIdSchema } from "../../../numbers/phone-number-id.ts";
import { readJson } from "../../request/body/read-json.ts";
import { EvaluationError } from "./evaluation-error.ts";

/** OpenFeature's evaluation context, of which we read only the targeting key. */
export type EvaluationContext = {
  phoneNumberId: string;
  /** The client's context, unchanged. */
  context: Readonly<Record<string, unknown>>;
};

const MAX_BYTES = 1024 * 1024;
/** Contexts are a few attributes; a deeper one is a mistake or an attack. */
const MAX_LEVELS = 32;

/** @throws EvaluationError, or AppError INVALID_INPUT or PAYLOAD_TOO_LARGE for a malformed body */
export async function readContext(request: Request): Promise<EvaluationContext> {
  const body = await readJson(request, MAX_BYTES);
  if (!isObject(body)) {
    throw new EvaluationError("PARSE_ERROR", 'The body must be an object: {"context": {…}}.');
  }
  const { context = {} } = body;
  if (!isObject(context) || isDeeperThan(context, MAX_LEVELS)) {
    const message = `The context must be an object, nested ${MAX_LEVELS} levels at most.`;
    throw new EvaluationError("INVALID_CONTEXT", message);
  }
  return { phoneNumberId: toPhoneNumberId(context.targetingKey), context };
}

function toPhoneNumberId(targetingKey: unknown): string {
  if (targetingKey === undefined || targetingKey === "") {
    const message = "The context has no targetingKey. Put the number's phone_number_id there.";
    throw new EvaluationError("TARGETING_KEY_MISSING", message);
  }
  const parsed = phoneNumberIdSchema.safeParse(targetingKey);
  if (parsed.success) return parsed.data;
  const words = parsed.error.issues.map(({ message }) => message).join(" ");
  throw new EvaluationError("INVALID_CONTEXT", `The targetingKey is not valid. ${words}`);
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Level by level, since a deep value would overflow the stack. */
function isDeeperThan(value: unknown, most: number): boolean {
  let level: unknown[] = [value];
  for (let depth = 0; depth <= most; depth += 1) {
    level = level.flatMap((one) =>
      typeof one === "object" && one !== null ? Object.values(one) : [],
    );
    if (level.length === 0) return false;
  }
  return true;
}
