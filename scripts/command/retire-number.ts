import { reasonSchema } from "#lib/audit/reason.ts";
import { retireNumber } from "#lib/flags/retire-number.ts";
import { phoneNumberIdSchema } from "#lib/numbers/phone-number-id.ts";
import { parseInput } from "#lib/parse-input.ts";
import { CommandError } from "./command-error.ts";
import { parseOptions } from "./parse-options.ts";
import type { Command } from "./run-command.ts";

const USAGE = `Use: npm run number:retire -- PHONE_NUMBER_ID --reason REASON

  --reason REASON    why, in 5 to 500 characters; it stays in the trail`;

type Arguments = { phoneNumberId: string; reason: string };

/** `npm run number:retire -- PHONE_NUMBER_ID --reason REASON`: retires a number for good. */
export const retireOneNumber: Command<Arguments> = {
  name: "number:retire",
  permission: "number:retire",
  readArguments: (args) => {
    const options = { reason: { type: "string" } } as const;
    const { values, positionals } = parseOptions(args, { options, usage: USAGE });
    const [given, ...more] = positionals;
    if (given === undefined || values.reason === undefined || more.length > 0) {
      throw new CommandError(USAGE);
    }
    return {
      phoneNumberId: parseInput(phoneNumberIdSchema, given),
      reason: parseInput(reasonSchema, values.reason),
    };
  },
  work: async (actor, args) => {
    const { changed, number } = await retireNumber(actor, args);
    const name = `${number.label} (${number.displayPhoneNumber})`;
    console.log(changed ? `Retired ${name}, for good.` : `${name} is retired already.`);
  },
};
