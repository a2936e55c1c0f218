"use server";

import { setAccountPeople, setAccountPeopleSchema } from "#lib/accounts/set-account-people.ts";
import { setAccountZone, setAccountZoneSchema } from "#lib/accounts/set-account-zone.ts";
import { setTwoPeople, setTwoPeopleSchema } from "#lib/requests/set-two-people.ts";
import { defineAction } from "../../define-action.ts";

/** Sets the manager and stand-ins of one account, or of the selected ones. */
export const setAccountPeopleAction = defineAction({
  permission: "account:manage",
  schema: setAccountPeopleSchema,
  run: setAccountPeople,
});

/** Sets the time zone of an account. */
export const setAccountZoneAction = defineAction({
  permission: "account:manage",
  schema: setAccountZoneSchema,
  run: setAccountZone,
});

/** Requires two people for an account's changes, or asks another admin to lift that. */
export const setTwoPeopleAction = defineAction({
  permission: "account:two-people",
  schema: setTwoPeopleSchema,
  run: async (actor, input) => {
    const { changed, request } = await setTwoPeople(actor, input);
    return { changed, isAsked: request !== null };
  },
});
