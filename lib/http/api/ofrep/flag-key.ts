import { decodeParam } from "../decode-param.ts";
import { EvaluationError } from "./evaluation-error.ts";

/** The one flag: whether the number named by the targeting key accepts business-scoped user ids. */
export const FLAG_KEY = "accept-bsuid";

/**
 * The flag's key as the path has it, decoded where it can be; of the bulk path, which names none,
 * the one that it is about.
 */
export function toFlagKey({ key }: Readonly<Record<string, unknown>>): string {
  return typeof key === "string" ? decodeParam(key) : FLAG_KEY;
}

/** @throws EvaluationError FLAG_NOT_FOUND */
export function requireFlagKey(params: Readonly<Record<string, unknown>>): void {
  const key = toFlagKey(params);
  if (key === FLAG_KEY) return;
  const shown = JSON.stringify(key.slice(0, 100));
  throw new EvaluationError("FLAG_NOT_FOUND", `There is no flag ${shown}. Ask for ${FLAG_KEY}.`);
}
