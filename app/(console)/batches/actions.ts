"use server";

import { undoBatch, undoBatchSchema } from "#lib/batches/undo-batch.ts";
import { defineAction } from "../../define-action.ts";

/** Undoes a batch: what one person may change at once, the rest as a request. */
export const undoBatchAction = defineAction({
  permission: "batch:undo",
  schema: undoBatchSchema,
  run: async (actor, input) => {
    const result = await undoBatch(actor, input, { twoPeople: "split" });
    const { batchId, changed, needApproval, conflicts } = result;
    return {
      batchId,
      changed: changed.length,
      requested: needApproval.length,
      conflicts: conflicts.length,
    };
  },
});
