import type pg from "pg";

/**
 * Sends statements in one packet, where each would be one. Of those sent together one that fails
 * fails what stands behind it in the same transaction, and PostgreSQL takes the COMMIT of a failed
 * transaction for a ROLLBACK.
 *
 * @param client connected with `pipeline`, else they go one after the other
 * @param send gives the statements to the client without waiting
 */
export function sendTogether<Answers extends unknown[]>(
  client: pg.Client,
  send: () => [...{ [Index in keyof Answers]: Promise<Answers[Index]> }],
): [...{ [Index in keyof Answers]: Promise<Answers[Index]> }] {
  const { stream } = client.connection;
  stream.cork();
  try {
    return send();
  } finally {
    stream.uncork();
  }
}
