import type { Action } from "../actions/action.ts";
import type { FlagNumber } from "./flag-number.ts";

/** One change, as it is sent. */
type FlagChange = {
  phoneNumberId: string;
  acceptsBsuid: boolean;
  /** The version that was on screen; refused when somebody changed it since. */
  expectedVersion: number;
  reason: string;
  ticketUrl: string | null;
};

/** The number after a change; not `changed` where it already was so. */
export type ChangedFlag = { changed: boolean; number: FlagNumber };

export type SetFlag = Action<FlagChange, ChangedFlag, FlagNumber>;

/** What somebody is about to decide. */
export type FlagRequest = {
  number: FlagNumber;
  acceptsBsuid: boolean;
  /** To start from, as when undoing. */
  reason: string;
  /** The id of the element that asked; it gets the focus back. */
  openerId: string;
};
