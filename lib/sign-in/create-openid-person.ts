import type { SystemActor } from "../access/actor.ts";
import { authorize } from "../access/authorize.ts";
import { toPersonTarget } from "../access/targets.ts";
import { appendEvents } from "../audit/append-events.ts";
import { markPersonal } from "../audit/private/personal-value.ts";
import type { Role } from "../db/generated/enums.ts";
import { inAuditedTransaction } from "../db/transaction.ts";
import { PERSON_RECORD_SELECT, type PersonRecord } from "../people/person-record.ts";
import type { OpenIdIdentity } from "./openid-identity.ts";

/**
 * Adds a person to whom the provider gives a role, or the installation's first admin, bound to their
 * identity. Their email address is their name if the provider gives none.
 *
 * @returns null when somebody has this address by now
 */
export async function createOpenIdPerson(
  provider: SystemActor,
  input: { identity: OpenIdIdentity; email: string; role: Role; isRoleFromClaim: boolean },
): Promise<PersonRecord | null> {
  authorize(provider, "person:manage");
  const { identity, email, role, isRoleFromClaim } = input;
  const data = {
    email,
    name: identity.name ?? email,
    role,
    isRoleFromClaim,
    openIdIssuer: identity.issuer,
    openIdSubject: identity.subject,
  };
  return await inAuditedTransaction(provider, async (tx) => {
    if (await tx.db.person.findUnique({ where: { email } })) return null;
    const created = await tx.db.person.create({ data, select: PERSON_RECORD_SELECT });
    await appendEvents(tx, [
      {
        action: "person.created",
        target: toPersonTarget(created),
        before: null,
        after: {
          ...data,
          email: markPersonal(created.id, data.email),
          name: markPersonal(created.id, data.name),
          openIdSubject: markPersonal(created.id, data.openIdSubject),
        },
      },
    ]);
    return created;
  });
}
