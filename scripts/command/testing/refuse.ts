import { aSystem } from "#testing/factories.ts";
import { type Command, explain } from "../run-command.ts";

/**
 * The message of a command that refuses its arguments. Runs it in this process: a process for each would
 * take a second, and what that adds (exit code, standard error) is the same for all.
 *
 * @throws Error when the command accepts the arguments
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
  throw new Error("The command accepted its arguments.");
}
