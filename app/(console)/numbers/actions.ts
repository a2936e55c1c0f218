"use server";

import { toFlagNumber } from "#components/flags/flag-number.ts";
import { forceFlags, forceFlagsSchema } from "#lib/flags/force-flags.ts";
import { retireNumber, retireNumberSchema } from "#lib/flags/retire-number.ts";
import { RefusedChange, setFlag, setFlagSchema } from "#lib/flags/set-flag.ts";
import { defineAction } from "../../define-action.ts";

/**
 * Sets one number's flag. The answer does not include the re-rendered page, which is requested
 * separately.
 */
export const setFlagAction = defineAction({
  permission: "flag:set",
  schema: setFlagSchema.required({ expectedVersion: true }),
  run: async (actor, input) => {
    const { changed, number, request } = await setFlag(actor, input);
    return { changed, number: toFlagNumber(number), requestId: request?.id ?? null };
  },
  words: "failure",
  toCurrent: (error) =>
    error instanceof RefusedChange && error.current ? toFlagNumber(error.current) : null,
});

/** Changes one number's flag without a second person, where its account needs two. */
export const forceFlagAction = defineAction({
  permission: "flag:force",
  schema: forceFlagsSchema
    .omit({ changes: true })
    .extend(setFlagSchema.pick({ phoneNumberId: true, acceptsBsuid: true }).shape)
    .extend({ expectedVersion: setFlagSchema.shape.expectedVersion }),
  run: async (actor, { phoneNumberId, acceptsBsuid, expectedVersion, ...why }) => {
    const change = { phoneNumberId, acceptsBsuid, expectedVersion };
    const { changed } = await forceFlags(actor, { ...why, changes: [change] });
    return { changed: changed.length > 0 };
  },
});

/** Retires one number, for good. */
export const retireNumberAction = defineAction({
  permission: "number:retire",
  schema: retireNumberSchema,
  run: async (actor, input) => {
    const { changed } = await retireNumber(actor, input);
    return { changed };
  },
});
