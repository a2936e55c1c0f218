import type { Action } from "../actions/action.ts";

/** Whose schedules are cancelled at once: a person's, or those that came by a token or a session. */
export type Access = { personId: string } | { tokenId: string } | { sessionId: string };

/** The server actions on schedules, as the buttons take them. */
export type ScheduleActions = {
  create: Action<
    {
      /** A text that names the numbers. */
      numbers: string;
      acceptsBsuid: boolean;
      localTime: string;
      zone: string;
      ambiguous?: "earlier" | "later";
      until?: string;
      onWaiting?: "follow" | "replace";
      isBound: boolean;
      reason: string;
      ticketUrl: string | null;
    },
    { isRequest: boolean }
  >;
  cancel: Action<{ scheduleId: string; reason: string }, null>;
  move: Action<
    {
      scheduleId: string;
      localTime: string;
      zone: string;
      ambiguous?: "earlier" | "later";
      reason: string;
    },
    null
  >;
  cancelWaiting: Action<{ by: Access; reason: string }, { cancelled: number }>;
};
