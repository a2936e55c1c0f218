import type { ListedPerson } from "#lib/people/read-people.ts";
import type { Action } from "../actions/action.ts";

export type Role = ListedPerson["role"];

/** The server actions on a person, as the buttons take them. */
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
  /** Null where password sign-in is off. */
  resetPassword: Action<{ personId: string; reason: string }, { password: string }> | null;
};

/** The person that a dialog acts on. `isSelf` says whether it is the viewer. */
export type TargetPerson = { id: string; name: string; email: string; role: Role; isSelf: boolean };
