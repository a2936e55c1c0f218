import type { Action } from "../actions/action.ts";
import type { FlagNumber } from "./flag-number.ts";

/** One change, as it is sent. */
type FlagChange = {
  phoneNumberId: string;
  acceptsBsuid: boolean;
  /** The version that was on screen; the change is refused if there is a newer one. */
  expectedVersion: number;
  reason: string;
  ticketUrl: string | null;
};

/**
 * The number after a change; `changed` is false when the flag already had the value, or when the account
 * needs two people: then `requestId` names the request that was opened.
 */
export type ChangedFlag = { changed: boolean; number: FlagNumber; requestId: string | null };

export type SetFlag = Action<FlagChange, ChangedFlag, FlagNumber>;

/** A change that the dialog asks about. */
export type FlagRequest = {
  number: FlagNumber;
  acceptsBsuid: boolean;
  /** Whether the account takes two people, so that it becomes a request. */
  needsTwoPeople: boolean;
  /** The initial reason, as for an undo. */
  reason: string;
  /** The id of the element that opened the dialog, which gets the focus back. */
  openerId: string;
};
