"use server";

import { confirmSelection, confirmSelectionSchema } from "#lib/selections/confirm-selection.ts";
import { defineAction } from "../../define-action.ts";

/** Confirms a selection: makes its changes, and opens the request for what takes two people. */
export const confirmSelectionAction = defineAction({
  permission: "flag:set",
  schema: confirmSelectionSchema,
  run: async (actor, input) => await confirmSelection(actor, input),
});
