import { aSystem } from "#testing/factories.ts";
import { type Command, explain } from "../run-command.ts";

/**
 * What the shell is told by a command that refuses its arguments. A process for each would take a second;
 * what one adds (exit code, standard error) is the same for all.
 *
 * @throws when the command does its work
 */
export async function refuse<Arguments>(
  { permission, readArguments, work }: Command<Arguments>,
  args: readonly string[],
): Promise<string> {
  try {
    await work(aSystem(...[permission].flat()), await readArguments(args));
  } catch (error) {
    return explain(error);
  }
  throw new Error("The command was carried out.");
}
