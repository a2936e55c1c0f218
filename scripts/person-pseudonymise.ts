import { pseudonymisePerson } from "#lib/access/pseudonymise-person.ts";
import { CommandError } from "./command/command-error.ts";
import { runCommand } from "./command/run-command.ts";

/** `npm run person:pseudonymise -- PERSON_ID REASON`: on legal demand, and for good. */
await runCommand({
  name: "person:pseudonymise",
  permission: "person:manage",
  readArguments: ([personId, reason, ...rest]) => {
    if (personId !== undefined && reason !== undefined && rest.length === 0) {
      return { personId, reason };
    }
    throw new CommandError('Use: npm run person:pseudonymise -- PERSON_ID "REASON"');
  },
  work: async (actor, input) => {
    const { changed, name } = await pseudonymisePerson(actor, input);
    console.log(
      changed ? `The person is "${name}" from now on.` : `The person is "${name}" already.`,
    );
  },
});
