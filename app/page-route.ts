import type { PageData } from "#components/page-data.ts";
import type { PersonActor } from "#lib/access/actor.ts";
import type { ErrorCode } from "#lib/errors.ts";
import { PROBLEMS } from "#lib/http/api/problem.ts";
import { toAppError } from "#lib/http/api/to-app-error.ts";
import { PAGE_RETRY_AFTER } from "#lib/http/pages/page-retry.ts";
import { findActor, readOrigin } from "./session.ts";

const NOT_KEPT = { "cache-control": "no-store" };

type Call<Params> = { actor: PersonActor; params: Params; searchParams: URLSearchParams };

type Statuses = Partial<Record<ErrorCode, number>>;

/**
 * A route that answers a page's script with data, for the person who is signed in.
 *
 * @param statuses override the statuses of the errors
 */
export function definePageData<Path extends keyof PageData, Params = unknown>(
  read: (call: Call<Params>) => Promise<PageData[Path]>,
  statuses: Statuses = {},
) {
  const answer = async (call: Call<Params>) => Response.json(await read(call));
  return definePageRoute(answer, statuses);
}

/** A route that answers a page's script: 401 without a session; a 503 says when to retry. */
export function definePageRoute<Params>(
  answer: (call: Call<Params>) => Promise<Response>,
  statuses: Statuses = {},
) {
  return async (request: Request, context: { params: Promise<Params> }): Promise<Response> => {
    try {
      const actor = await findActor();
      if (!actor) return new Response(null, { status: 401, headers: NOT_KEPT });
      const { searchParams } = new URL(request.url);
      const response = await answer({ actor, params: await context.params, searchParams });
      response.headers.set("cache-control", "no-store");
      return response;
    } catch (error) {
      const { code } = toAppError(error, (await readOrigin()).requestId);
      const status = statuses[code] ?? PROBLEMS[code].status;
      const headers = new Headers(NOT_KEPT);
      if (status === PROBLEMS.UNAVAILABLE.status) headers.set("retry-after", PAGE_RETRY_AFTER);
      return new Response(null, { status, headers });
    }
  };
}
