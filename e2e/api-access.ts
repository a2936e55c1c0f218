import { randomInt } from "node:crypto";
import { readFile } from "node:fs/promises";
import pg from "pg";
import type { Role } from "#lib/db/generated/enums.ts";
import { newTokenSecret } from "#lib/tokens/token-secret.ts";

/** What the server under test wrote for the tests. */
type TestEnvironment = {
  tokens: Record<Role | "runtime" | "provisioning", string>;
  ownerDatabaseUrl: string;
  url: string;
  /** The address of the same build without server.ts. */
  bareNextUrl: string;
};

export async function readTestEnvironment(): Promise<TestEnvironment> {
  const { E2E_ENV: file } = process.env;
  if (!file) throw new Error("E2E_ENV is not set: run the tests with npm test or npx playwright.");
  return JSON.parse(await readFile(file, "utf8"));
}

/** The headers that authenticate a request. */
export function bearer(token: string): { authorization: string } {
  return { authorization: `Bearer ${token}` };
}

/** A service token that expired or was revoked a minute ago. */
export async function anEndedToken(how: "expired" | "revoked"): Promise<string> {
  const { secret, hash, prefix } = newTokenSecret("service");
  const past = new Date(Date.now() - 60_000);
  const future = new Date(Date.now() + 3_600_000);
  await query(
    `INSERT INTO token (name, hash, prefix, scopes, expires_at, revoked_at)
     VALUES ('An ended one', $1, $2, '{flags:read}', $3, $4)`,
    [hash, prefix, how === "expired" ? past : future, how === "revoked" ? past : null],
  );
  return secret;
}

/** Creates a phone-only number for one test. */
export async function aNumber({ isRetired = false } = {}): Promise<string> {
  const id = `6${String(randomInt(1e14)).padStart(14, "0")}`;
  await query(
    `INSERT INTO number (phone_number_id, display_phone_number, label, account_id,
                         portfolio_id, waba_id, retired_at)
     SELECT $1, '+15550100', 'A number of the API tests', id, '900000000000001',
            '200000000000001', $2 FROM account LIMIT 1`,
    [id, isRetired ? new Date() : null],
  );
  return id;
}

async function query<Row extends pg.QueryResultRow>(sql: string, values: unknown[]) {
  const client = new pg.Client({
    connectionString: (await readTestEnvironment()).ownerDatabaseUrl,
  });
  await client.connect();
  try {
    return (await client.query<Row>(sql, values)).rows;
  } finally {
    await client.end();
  }
}
