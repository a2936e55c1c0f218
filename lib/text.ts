import { z } from "zod";

/**
 * Text that PostgreSQL can store and canonical JSON can hash: well-formed Unicode without
 * control characters (line breaks and tabs are allowed), trimmed, with bounds in code points.
 */
export function text({ name, min = 1, max }: { name: string; min?: number; max: number }) {
  return z
    .string({ error: `${name} must be text.` })
    .refine(
      (value) => value.isWellFormed(),
      `${name} has a broken Unicode character. Type it again.`,
    )
    .refine(
      (value) => !CONTROL.test(value),
      `${name} has a control character. Remove it; line breaks are fine.`,
    )
    .transform((value) => value.trim())
    .refine((value) => {
      const length = [...value].length;
      return length >= min && length <= max;
    }, `${name} must have ${min} to ${max} characters, not counting spaces at either end.`);
}

/** Whether PostgreSQL can store a string and canonical JSON can hash it. */
export function isStorable(value: string): boolean {
  return value.isWellFormed() && !value.includes("\0");
}

/** Escapes LIKE's wildcards, so that a typed text is matched literally. */
export function escapeLike(typed: string): string {
  return typed.replace(/[\\%_]/g, "\\$&");
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: finding them is the point
const CONTROL = /[\u0000-\u0008\u000B\u000C\u000E-\u001F\u007F-\u0084\u0086-\u009F]/;
