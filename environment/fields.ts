import { z } from "zod";

const LOG_LEVELS = ["fatal", "error", "warn", "info", "debug", "trace", "silent"] as const;

type Message = z.core.$ZodErrorMap | string;

/** An address of this machine: an IP address or a host name. */
export function hostField(error: Message) {
  return z.string().regex(/^[A-Za-z0-9._:-]+$/, { error });
}

/** A whole number, both ends included. */
export function wholeNumberField([least, most]: readonly [number, number], error: Message) {
  return z
    .string()
    .refine((text) => /^\d+$/.test(text) && Number(text) >= least && Number(text) <= most, {
      error,
    })
    .transform(Number);
}

export const logLevelField = z
  .enum(LOG_LEVELS, { error: `has to be one of ${LOG_LEVELS.join(", ")}.` })
  .default("info");
