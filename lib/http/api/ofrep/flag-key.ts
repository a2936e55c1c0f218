import { decodeParam } from "../decode-param.ts";
import { EvaluationError } from "./evaluation-error.ts";

/** The only flag: whether the number named by the targeting key accepts business-scoped user ids. */
export const FLAG_KEY = "accept-bsuid";

/**
 * The flag's key from the path, decoded where possible. The bulk path has no key and gets the only
 * flag's.
 */
export function toFlagKey({ key }: Readonly<Record<string, unknown>>): string {
  return typeof key === "string" ? decodeParam(key) : FLAG_KEY;
}

/** @throws EvaluationError FLAG_NOT_FOUND for any key but ours */
export function requireFlagKey(params: Readonly<Record<string, unknown>>): void {
  const key = toFlagKey(params);
  if (key === FLAG_KEY) return;
  const shown = JSON.stringify(key.slice(0, 100));
  throw new EvaluationError("FLAG_NOT_FOUND", `There is no flag ${shown}. Ask for ${FLAG_KEY}.`);
}
