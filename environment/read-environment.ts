import type { z } from "zod";

/** The environment is not valid. Every problem is a sentence or two for the operator. */
export class EnvironmentError extends Error {
  override name = "EnvironmentError";
  readonly problems: string[];

  constructor(problems: string[]) {
    super(problems.join("\n"));
    this.problems = problems;
  }
}

/** The settings that have a value, trimmed. */
export type SetValues = Record<string, string | undefined>;

/**
 * Reads settings from the environment. An empty value counts as not set: that is how a line of an
 * environment file is switched off.
 *
 * @param schema an object of settings, each with messages that go on after its name: "is not a port. …"
 * @param findMore problems between settings, each a sentence that names them
 * @throws EnvironmentError with all problems
 */
export function readEnvironment<Schema extends z.ZodObject>(
  schema: Schema,
  env: SetValues,
  findMore: (set: SetValues) => string[] = () => [],
): z.output<Schema> {
  const trimmed = Object.entries(env).map(([name, value]) => [name, value?.trim()]);
  const set: SetValues = Object.fromEntries(trimmed.filter(([, value]) => value));
  const read = schema.safeParse(set);
  const issues = read.success ? [] : read.error.issues;
  const problems = [
    ...issues.map(({ path: [name], message }) => `${String(name)} ${message}`),
    ...findMore(set),
  ];
  if (!read.success || problems.length > 0) throw new EnvironmentError(problems);
  return read.data;
}
