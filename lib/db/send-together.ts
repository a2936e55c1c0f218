import type pg from "pg";

/**
 * Sends several statements in one packet. If one fails, those after it in the transaction fail, too,
 * and PostgreSQL treats the COMMIT of a failed transaction as a ROLLBACK.
 *
 * @param client connected with `pipeline`; without it the statements wait for each other
 * @param send passes the statements to the client without waiting
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
