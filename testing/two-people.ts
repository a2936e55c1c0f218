import { approveRequest } from "#lib/requests/approve-request.ts";
import { setTwoPeople } from "#lib/requests/set-two-people.ts";
import { aPerson } from "./factories.ts";

const reason = "A test sets the rule";

/** Has an admin require two people for an account's changes. */
export async function requireTwoPeople(accountId: string): Promise<void> {
  await setTwoPeople(await aPerson("admin"), { accountId, needsTwoPeople: true, reason });
}

/** Has two admins lift an account's two-person rule. */
export async function liftTwoPeople(accountId: string): Promise<void> {
  const lift = { accountId, needsTwoPeople: false, reason };
  const { request } = await setTwoPeople(await aPerson("admin"), lift);
  const approving = { requestId: request?.id ?? "", version: 1 };
  await approveRequest(await aPerson("admin"), approving);
}
