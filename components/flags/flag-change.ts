import type { ErrorCode } from "#lib/errors.ts";
import type { FlagNumber } from "./flag-number.ts";

/** One change, as it is sent. */
export type FlagChange = {
  phoneNumberId: string;
  acceptsBsuid: boolean;
  /** The version that was on screen; refused when somebody changed it since. */
  expectedVersion: number;
  reason: string;
  ticketUrl: string | null;
};

export type FlagChangeFailure = {
  ok: false;
  code: ErrorCode;
  message: string;
  /** The number as it is, when it was refused because of that. */
  current: FlagNumber | null;
};

export type FlagChangeResult =
  | { ok: true; changed: boolean; number: FlagNumber }
  | FlagChangeFailure;

export type SetFlag = (change: FlagChange) => Promise<FlagChangeResult>;

/** What somebody is about to decide. */
export type FlagRequest = {
  number: FlagNumber;
  acceptsBsuid: boolean;
  /** To start from, as when undoing. */
  reason: string;
  /** The id of the element that asked; it gets the focus back. */
  openerId: string;
};
