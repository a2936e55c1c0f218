import type { Action } from "../actions/action.ts";

/** Somebody who may look after an account. */
export type AccountPersonOption = { email: string; name: string };

/** The server actions on accounts, as the buttons take them. */
export type SetPeople = Action<
  { accountIds: string[]; email?: string | null; standIns?: string[]; reason: string },
  { changedCount: number }
>;

export type SetZone = Action<
  { accountId: string; zone: string | null; reason: string },
  { changed: boolean }
>;

export type SetTwoPeople = Action<
  { accountId: string; needsTwoPeople: boolean; reason: string },
  { changed: boolean; isAsked: boolean }
>;
