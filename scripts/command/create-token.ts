import { isScope, SCOPES, type Scope } from "#lib/access/permissions.ts";
import { createToken } from "#lib/tokens/create-token.ts";
import { DAY_MS, MAX_LIFE_DAYS } from "#lib/tokens/token-life.ts";
import { CommandError } from "./command-error.ts";
import { findPersonByEmail } from "./find-person.ts";
import { parseOptions } from "./parse-options.ts";
import type { Command } from "./run-command.ts";
import { showSecret } from "./show-secret.ts";

const USAGE = `Use one of: npm run token:create -- NAME --scopes SCOPE,SCOPE
            npm run token:create -- NAME --person EMAIL

  --scopes LIST    a program's token: ${SCOPES.join(", ")}
                   (a messaging runtime needs flags:read,reports:write)
  --person EMAIL   a personal token, which may do what this person may
  --days N         how long it works, at most ${MAX_LIFE_DAYS}; else 90 for a program, 30 for a person`;

const USUAL_DAYS = { service: 90, personal: 30 } as const;

type Wanted = { name: string; days: number } & (
  | { kind: "service"; scopes: Scope[] }
  | { kind: "personal"; email: string }
);

/** `npm run token:create -- NAME …`: the first token of a runtime, before anybody has signed in. */
export const makeToken: Command<Wanted> = {
  name: "token:create",
  permission: "token:manage",
  readArguments,
  work: async (actor, { days, ...wanted }) => {
    const expiresAt = new Date(Date.now() + days * DAY_MS);
    const { name } = wanted;
    const { secret } =
      wanted.kind === "service"
        ? await createToken(actor, { kind: "service", name, scopes: wanted.scopes, expiresAt })
        : await createToken(actor, {
            kind: "personal",
            name,
            personId: (await findPersonByEmail(wanted.email)).id,
            expiresAt,
          });
    const until = expiresAt.toISOString().slice(0, 10);
    showSecret(secret, { about: `The token "${name}" works until ${until}. It is shown once:` });
  },
};

function readArguments(args: readonly string[]): Wanted {
  const options = {
    scopes: { type: "string" },
    person: { type: "string" },
    days: { type: "string" },
  } as const;
  const { values, positionals } = parseOptions(args, { options, usage: USAGE });
  const [name, ...more] = positionals;
  const { scopes, person: email } = values;
  if (name === undefined || more.length > 0) throw new CommandError(USAGE);
  if (scopes !== undefined && email === undefined) {
    const days = readDays(values.days, USUAL_DAYS.service);
    return { kind: "service", name, days, scopes: scopes.split(",").map(toScope) };
  }
  if (email === undefined || scopes !== undefined) throw new CommandError(USAGE);
  return { kind: "personal", name, days: readDays(values.days, USUAL_DAYS.personal), email };
}

function readDays(given: string | undefined, usual: number): number {
  if (given === undefined) return usual;
  const days = /^\d{1,3}$/.test(given) ? Number(given) : 0;
  if (days >= 1 && days <= MAX_LIFE_DAYS) return days;
  throw new CommandError(`--days takes a whole number from 1 to ${MAX_LIFE_DAYS}, not ${given}.`);
}

function toScope(given: string): Scope {
  const scope = given.trim();
  if (isScope(scope)) return scope;
  throw new CommandError(`There is no scope "${scope}". There are: ${SCOPES.join(", ")}.`);
}
