import { type ParseArgsConfig, parseArgs } from "node:util";
import { CommandError } from "./command-error.ts";

/**
 * Reads a command's options; an option with a dash of one letter, or one that is not known, is a mistake.
 *
 * @param usage follows the message of what is wrong
 * @throws CommandError
 */
export function parseOptions<const Options extends NonNullable<ParseArgsConfig["options"]>>(
  args: readonly string[],
  { options, usage }: { options: Options; usage: string },
) {
  try {
    return parseArgs({ args: [...args], allowPositionals: true, options });
  } catch (error) {
    throw new CommandError(`${error instanceof Error ? error.message : String(error)}\n\n${usage}`);
  }
}
