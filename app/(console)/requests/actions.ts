"use server";

import { reviewForcedChange, reviewForcedChangeSchema } from "#lib/flags/review-forced-change.ts";
import { approveRequest, approveRequestSchema } from "#lib/requests/approve-request.ts";
import { createRequest, createRequestSchema } from "#lib/requests/create-request.ts";
import { declineRequest, declineRequestSchema } from "#lib/requests/decline-request.ts";
import { editRequest, editRequestSchema } from "#lib/requests/edit-request.ts";
import { withdrawRequest, withdrawRequestSchema } from "#lib/requests/withdraw-request.ts";
import { RefusedLocalTime } from "#lib/schedules/local-time.ts";
import { defineAction } from "../../define-action.ts";

const words = "requestFailure" as const;

/** Asks for a change. Of a time that exists twice it fails with "ambiguous". */
export const createRequestAction = defineAction({
  permission: "request:create",
  words,
  schema: createRequestSchema,
  run: async (actor, input) => {
    const { id } = await createRequest(actor, input);
    return { id };
  },
  toCurrent: (error) =>
    error instanceof RefusedLocalTime && error.nearest === null ? ("ambiguous" as const) : null,
});

/** Approves a request as it was shown. */
export const approveRequestAction = defineAction({
  permission: "request:decide",
  words,
  schema: approveRequestSchema,
  run: async (actor, input) => {
    const { state } = await approveRequest(actor, input);
    return { state };
  },
});

/** Declines a request, with words. */
export const declineRequestAction = defineAction({
  permission: "request:decide",
  words,
  schema: declineRequestSchema,
  run: async (actor, input) => {
    await declineRequest(actor, input);
    return null;
  },
});

/** Withdraws one's own request. */
export const withdrawRequestAction = defineAction({
  permission: "request:create",
  words,
  schema: withdrawRequestSchema,
  run: async (actor, input) => {
    await withdrawRequest(actor, input);
    return null;
  },
});

/** Edits what a request says. */
export const editRequestAction = defineAction({
  permission: null,
  words,
  schema: editRequestSchema,
  run: async (actor, input) => {
    await editRequest(actor, input);
    return null;
  },
});

/** Marks a forced change as reviewed. */
export const reviewForcedChangeAction = defineAction({
  permission: "flag:force-review",
  words,
  schema: reviewForcedChangeSchema,
  run: async (actor, input) => {
    await reviewForcedChange(actor, input);
    return null;
  },
});
