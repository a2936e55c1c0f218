import type { z } from "zod";
import { type RosterProblem, toShown } from "./roster-problem.ts";

/** The problems of one entry: each wrong field, its value, and why it is wrong. */
export function toProblems(at: string, value: unknown, error: z.ZodError): RosterProblem[] {
  return error.issues.flatMap((issue) => {
    if (issue.code === "unrecognized_keys") {
      return issue.keys.map((key) => unknownField(at, value, key));
    }
    const [key] = issue.path;
    if (key === undefined) {
      const why = "a roster entry is an object with named fields.";
      return [{ at, field: null, value: toShown(value), why }];
    }
    const given = givenValue(value, key);
    const why = given === undefined ? "this field is missing." : issue.message;
    return [{ at, field: String(key), value: toShown(given), why }];
  });
}

function unknownField(at: string, value: unknown, key: string): RosterProblem {
  const given = toShown(givenValue(value, key));
  return { at, field: key, value: given, why: "a roster entry has no such field." };
}

function givenValue(value: unknown, key: PropertyKey): unknown {
  if (typeof value !== "object" || value === null || !Object.hasOwn(value, key)) return undefined;
  return (value as Record<PropertyKey, unknown>)[key];
}
