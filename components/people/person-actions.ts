import type { ListedPerson } from "#lib/people/read-people.ts";
import type { Action } from "../actions/action.ts";

export type Role = ListedPerson["role"];

/** What can be done to a person: the server's actions, as the buttons take them. */
export type PersonActions = {
  setRole: Action<
    { personId: string; role: string; expectedRole: Role; reason: string },
    { changed: boolean },
    Role
  >;
  setDisabled: Action<
    { personId: string; isDisabled: boolean; reason: string },
    { changed: boolean }
  >;
  rename: Action<
    { personId: string; name: string; email: string; reason: string },
    { changed: boolean; name: string }
  >;
  requestErasure: Action<
    { personId: string; reason: string; expectedEmail: string },
    { changed: boolean }
  >;
  withdrawErasure: Action<{ personId: string; reason: string }, { changed: boolean }>;
  forgetIdentity: Action<{ personId: string; reason: string }, { changed: boolean }>;
  /** Null where nobody signs in with a password. */
  resetPassword: Action<{ personId: string; reason: string }, { password: string }> | null;
};

/** Whom a dialog is about. `isSelf`: the one who looks. */
export type TargetPerson = { id: string; name: string; email: string; role: Role; isSelf: boolean };
