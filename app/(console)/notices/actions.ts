"use server";

import { markRead, markReadSchema } from "#lib/notices/mark-read.ts";
import { defineAction } from "../../define-action.ts";

/** Marks one of the signed-in person's notices as read, or all of them. */
export const markReadAction = defineAction({
  permission: null,
  schema: markReadSchema,
  run: async (actor, input) => {
    await markRead(actor, input);
    return null;
  },
});
