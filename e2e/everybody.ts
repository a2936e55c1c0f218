import { type APIRequestContext, request } from "@playwright/test";
import { ROLES } from "#lib/access/roles.ts";
import { db } from "#lib/db/client.ts";
import type { Role } from "#lib/db/generated/enums.ts";
import { setPersonDisabled } from "#lib/people/set-person-disabled.ts";
import { signOutEverywhere } from "#lib/people/sign-out-everywhere.ts";
import { aSystem } from "#testing/factories.ts";
import { aColleague, signIn } from "./fixtures.ts";

/** A person or token of every kind that may send requests, each with its own cookie jar. */
export type Everybody = {
  roles: ReadonlyMap<Role, APIRequestContext>;
  strangers: ReadonlyMap<string, APIRequestContext>;
  /** The person that a page of each jar is rendered for; empty for a stranger. */
  personIds: ReadonlyMap<APIRequestContext, string>;
  dispose: () => Promise<void>;
};

export async function everybody(baseURL: string): Promise<Everybody> {
  const personIds = new Map<APIRequestContext, string>();
  const enter = async (role: Role) => {
    const colleague = await aColleague(role);
    const jar = await request.newContext({ baseURL, maxRedirects: 0 });
    await signIn({ request: jar }, colleague);
    personIds.set(jar, colleague.id);
    return { personId: colleague.id, jar };
  };
  const roles = new Map<Role, APIRequestContext>();
  for (const role of ROLES) roles.set(role, (await enter(role)).jar);
  // As if they had just come from the provider: nothing asks them for a password.
  const [personId, createdAt] = [{ in: [...personIds.values()] }, new Date(Date.now() + 3_600_000)];
  await db().session.updateMany({ where: { personId }, data: { method: "openid", createdAt } });

  const system = aSystem("person:manage");
  const reason = "The table of access asks";
  const disabled = await enter("admin");
  await setPersonDisabled(system, { personId: disabled.personId, isDisabled: true, reason });
  const signedOut = await enter("admin");
  await signOutEverywhere(system, { personId: signedOut.personId, reason });
  const invited = await enter("admin");
  const byAdmin = { isPasswordTemporary: true };
  await db().person.update({ where: { id: invited.personId }, data: byAdmin });
  const strangers = new Map([
    ["nobody", await request.newContext({ baseURL, maxRedirects: 0 })],
    ["somebody disabled", disabled.jar],
    ["somebody signed out", signedOut.jar],
    ["somebody with a password that an admin made", invited.jar],
  ]);
  const dispose = async () => {
    await Promise.all([...roles.values(), ...strangers.values()].map((jar) => jar.dispose()));
  };
  return { roles, strangers, personIds, dispose };
}
