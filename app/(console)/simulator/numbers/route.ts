import { listNumbersById } from "#lib/numbers/list-numbers-by-id.ts";
import { answerNumbers } from "../answer-numbers.ts";

/** The numbers that a payload names: their ids are all of it that leaves the browser. */
export async function GET(request: Request): Promise<Response> {
  const ids = new URL(request.url).searchParams.getAll("id");
  return await answerNumbers((actor) => listNumbersById(actor, ids));
}
