import { ROLES_IN_WORDS } from "#lib/access/roles.ts";
import { parseInput } from "#lib/parse-input.ts";
import { createPerson } from "#lib/people/create-person.ts";
import { newPassword } from "#lib/people/password.ts";
import { emailSchema, nameSchema, roleSchema } from "#lib/people/person-record.ts";
import { CommandError } from "./command-error.ts";
import { findSignIn } from "./find-sign-in.ts";
import { parseOptions } from "./parse-options.ts";
import type { Command } from "./run-command.ts";
import { showSecret } from "./show-secret.ts";

const USAGE = `Use: npm run person:invite -- EMAIL --role ROLE

  --role ROLE    ${ROLES_IN_WORDS}
  --name NAME    what they are called; else what stands before the @`;

const NO_WAY_IN = `Nobody could sign in: sign-in by password is off, and no identity provider is set. Either

  - set PASSWORD_SIGN_IN=on, for the console and for this command, or
  - set OIDC_ISSUER, OIDC_CLIENT_ID and OIDC_CLIENT_SECRET, and BOOTSTRAP_ADMIN_EMAIL for the first admin.

Nobody was invited.`;

type Invitation = {
  person: Parameters<typeof createPerson>[1];
  hasPasswords: boolean;
};

/** `npm run person:invite -- EMAIL --role ROLE`: invites a person, also the first admin, whom nobody else can invite. */
export const invitePerson: Command<Invitation> = {
  name: "person:invite",
  permission: "person:manage",
  readArguments: (args) => {
    const options = { role: { type: "string" }, name: { type: "string" } } as const;
    const { values, positionals } = parseOptions(args, { options, usage: USAGE });
    const [given, ...more] = positionals;
    if (given === undefined || values.role === undefined || more.length > 0) {
      throw new CommandError(USAGE);
    }
    const email = parseInput(emailSchema, given);
    const role = parseInput(roleSchema, values.role);
    const name = parseInput(nameSchema, values.name ?? email.split("@", 1).join("").slice(0, 100));
    const { hasPasswords, hasOpenId } = findSignIn(process.env);
    if (!hasPasswords && !hasOpenId) throw new CommandError(NO_WAY_IN);
    return { person: { email, role, name }, hasPasswords };
  },
  work: async (actor, { person, hasPasswords }) => {
    const { email } = person;
    const role = person.role.replace("_", " ");
    if (!hasPasswords) {
      await createPerson(actor, person);
      console.error(`Invited ${email} as ${role}: they sign in by the identity provider.`);
      return;
    }
    const password = newPassword();
    await createPerson(actor, { ...person, password });
    showSecret(password, {
      about: `Invited ${email} as ${role}. This password is shown once; they choose their own when they sign in with it:`,
    });
  },
};
