import { randomInt } from "node:crypto";
import type { Role } from "#lib/db/generated/enums.ts";
import { newTokenSecret } from "#lib/tokens/token-secret.ts";

type DemoPerson = { email: string; password: string; role: Role; name: string };

/** The passwords and tokens of one demo; made once and kept by the launcher. */
export type DemoSecrets = {
  people: DemoPerson[];
  tokens: Record<"runtime" | "provisioning" | Role, string>;
};

/** Letters and digits without those that are easily confused. */
const ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789";

/** The demo's five people and six tokens, with new random secrets. */
export function newDemoSecrets(): DemoSecrets {
  return {
    people: [
      newPerson("support@demo.test", "support", "Sofia Marques"),
      newPerson("account.manager@demo.test", "account_manager", "Andrés Molina"),
      newPerson("auditor@demo.test", "auditor", "Greta Lindqvist"),
      newPerson("admin@demo.test", "admin", "Priya Raman"),
      newPerson("support2@demo.test", "support", "Tunde Bakare"),
    ],
    tokens: {
      runtime: newTokenSecret("service").secret,
      provisioning: newTokenSecret("service").secret,
      support: newTokenSecret("personal").secret,
      account_manager: newTokenSecret("personal").secret,
      auditor: newTokenSecret("personal").secret,
      admin: newTokenSecret("personal").secret,
    },
  };
}

function newPerson(email: string, role: Role, name: string): DemoPerson {
  return { email, password: newPassword(), role, name };
}

/** A password of about 79 bits, in groups that can be read out: `k7fm-q2xd-9wtr-h4vb`. */
function newPassword(): string {
  const characters = Array.from({ length: 16 }, () => ALPHABET.charAt(randomInt(ALPHABET.length)));
  return characters.join("").replace(/(.{4})(?=.)/g, "$1-");
}
