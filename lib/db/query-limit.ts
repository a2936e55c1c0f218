import { AsyncLocalStorage } from "node:async_hooks";
import type pg from "pg";

/** Less than the five seconds in which every request is answered, whatever the database does. */
const USUAL_LIMIT_MS = 4_000;

type QueryLimit = { milliseconds: number };
const limits = new AsyncLocalStorage<QueryLimit>();

/**
 * Runs work that may raise the time limit of its queries. Raise it only once the database has answered,
 * so that nobody waits long for an unreachable one.
 */
export async function withOwnQueryLimit<Result>(
  work: (limit: QueryLimit) => Promise<Result>,
): Promise<Result> {
  const limit = { milliseconds: USUAL_LIMIT_MS };
  return await limits.run(limit, () => work(limit));
}

/**
 * Closes the connection when a query is not answered in time, since nothing else reports a cut network.
 * pg's own query_timeout would leave the hung connection in the pool, and let a transaction wait a second
 * time, for its rollback.
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

/** Destroys the socket without waiting for an orderly close; queued queries fail. */
function endAtOnce(client: pg.Client): void {
  void client.end();
  client.connection.stream.destroy();
}
