import type { Scope } from "../access/permissions.ts";
import type { Role } from "../db/generated/enums.ts";
import { aPerson, aToken } from "./factories.ts";

/** A personal token of somebody with that role, or a service token with that scope. */
export async function anApiToken(of: Role | Scope): Promise<string> {
  if (isScopeName(of)) return (await aToken({ scopes: [of] })).secret;
  return (await aToken({ personId: (await aPerson(of)).id })).secret;
}

function isScopeName(of: Role | Scope): of is Scope {
  return of.includes(":");
}
