import { listNumbers } from "#lib/numbers/list-numbers.ts";
import { answerNumbers } from "../answer-numbers.ts";

const MOST_SUGGESTIONS = 8;

/** Numbers by what was typed to choose one. */
export async function GET(request: Request): Promise<Response> {
  const q = new URL(request.url).searchParams.get("q") ?? "";
  return await answerNumbers(
    async (actor) => (await listNumbers(actor, { q, limit: MOST_SUGGESTIONS })).items,
  );
}
