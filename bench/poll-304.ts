import { measurePolls } from "./harness/measure-polls.ts";
import type { Row } from "./harness/row.ts";
import type { Stage } from "./harness/stage.ts";

export const name = "poll-304";

/** A poll by a client that has the flags already, as nearly every poll is. */
export async function run(stage: Stage): Promise<Row[]> {
  return await measurePolls(stage, { isFresh: true, target: 0.85 });
}
