import { AsyncLocalStorage } from "node:async_hooks";
import type pg from "pg";

/** Within the five seconds in which everybody gets an answer, whatever the database does. */
const USUAL_LIMIT_MS = 4_000;

type QueryLimit = { milliseconds: number };
const limits = new AsyncLocalStorage<QueryLimit>();

/**
 * Runs work whose queries begin with the usual limit and may be given a longer one: only once
 * the database has answered, so that nobody waits long for one that is out of reach.
 */
export async function withOwnQueryLimit<Result>(
  work: (limit: QueryLimit) => Promise<Result>,
): Promise<Result> {
  const limit = { milliseconds: USUAL_LIMIT_MS };
  return await limits.run(limit, () => work(limit));
}

/**
 * Ends the connection when a query on it is not answered in time: over a cut network nothing
 * else would tell. pg's own query_timeout leaves the hung connection in the pool, and lets a
 * transaction wait a second time, for its rollback.
 */
export function limitQueries(client: pg.Client): void {
  const query = client.query.bind(client) as (...given: unknown[]) => Promise<unknown> | undefined;
  const limited = (...given: unknown[]) => {
    const milliseconds = limits.getStore()?.milliseconds ?? USUAL_LIMIT_MS;
    const timer = setTimeout(() => endAtOnce(client), milliseconds);
    const callback = given.at(-1);
    if (typeof callback === "function") {
      return query(...given.slice(0, -1), (...answer: unknown[]) => {
        clearTimeout(timer);
        callback(...answer);
      });
    }
    return query(...given)?.finally(() => clearTimeout(timer));
  };
  client.query = limited as pg.Client["query"];
}

/** Destroys the socket without waiting for the server to answer a goodbye; what is queued fails. */
function endAtOnce(client: pg.Client): void {
  void client.end();
  client.connection.stream.destroy();
}
