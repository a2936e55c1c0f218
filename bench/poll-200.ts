import { measurePolls } from "./harness/measure-polls.ts";
import type { Row } from "./harness/row.ts";
import type { Stage } from "./harness/stage.ts";

export const name = "poll-200";

/** A poll that is answered with the snapshot. */
export async function run(stage: Stage): Promise<Row[]> {
  return await measurePolls(stage, { isFresh: false, target: 0.8 });
}
