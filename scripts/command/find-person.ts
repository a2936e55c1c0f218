import { db } from "#lib/db/client.ts";
import { parseInput } from "#lib/parse-input.ts";
import { emailSchema } from "#lib/people/person-record.ts";
import { CommandError } from "./command-error.ts";

/** @throws CommandError when nobody has this address; AppError when it is not an e-mail address */
export async function findPersonByEmail(email: string): Promise<{ id: string; email: string }> {
  const person = await db().person.findUnique({
    where: { email: parseInput(emailSchema, email) },
    select: { id: true, email: true },
  });
  if (person) return person;
  throw new CommandError(
    `Nobody has the address ${email}. Invite them: npm run person:invite -- ${email} --role ROLE`,
  );
}
