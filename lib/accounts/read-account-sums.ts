import { db } from "../db/client.ts";
import { lossesSince, weekStart } from "../numbers/loss-window.ts";

/** The numbers in service of one portfolio, whose customers have the same BSUIDs. */
type PortfolioSums = {
  portfolioId: string;
  /** How many accept phone-less customers. */
  on: number;
  off: number;
  /** Some are on and some off: one number drops whom another accepts. */
  isMixed: boolean;
};

/** What is counted of an account. */
export type AccountSums = {
  numbers: { on: number; off: number; retired: number };
  /** By id; those with numbers in service. */
  portfolios: PortfolioSums[];
  /** Messages of phone-less customers that its numbers dropped in the last 7 days. */
  lostIn7Days: number;
  openRequests: number;
};

type Row = { id: string; portfolioId: string; on: number; off: number; retired: number };

/** Counts the numbers, losses and open requests of accounts. Returns a function from an account's id. */
export async function readAccountSums(
  accountIds: readonly string[],
): Promise<(accountId: string) => AccountSums> {
  const [rows, losses, requests] = await Promise.all([
    readPortfolios(accountIds),
    readCounts(readLosses(accountIds)),
    readCounts(readOpenRequests(accountIds)),
  ]);
  const byAccount = Map.groupBy(rows, ({ id }) => id);
  return (accountId) => ({
    ...toSums(byAccount.get(accountId) ?? []),
    lostIn7Days: losses.get(accountId) ?? 0,
    openRequests: requests.get(accountId) ?? 0,
  });
}

function toSums(rows: readonly Row[]): Pick<AccountSums, "numbers" | "portfolios"> {
  const sum = (field: "on" | "off" | "retired") =>
    rows.reduce((total, row) => total + row[field], 0);
  return {
    numbers: { on: sum("on"), off: sum("off"), retired: sum("retired") },
    portfolios: rows
      .filter(({ on, off }) => on + off > 0)
      .map(({ portfolioId, on, off }) => ({ portfolioId, on, off, isMixed: on > 0 && off > 0 })),
  };
}

function readPortfolios(accountIds: readonly string[]): Promise<Row[]> {
  return db().$queryRaw<Row[]>`
    SELECT account_id AS id, portfolio_id AS "portfolioId",
           count(*) FILTER (WHERE accepts_bsuid)::int AS "on",
           count(*) FILTER (WHERE NOT accepts_bsuid AND retired_at IS NULL)::int AS "off",
           count(*) FILTER (WHERE retired_at IS NOT NULL)::int AS retired
    FROM number WHERE account_id = ANY(${accountIds}::uuid[])
    GROUP BY account_id, portfolio_id ORDER BY portfolio_id`;
}

type Count = { id: string; count: bigint };

async function readCounts(pending: Promise<Count[]>): Promise<Map<string, number>> {
  return new Map((await pending).map(({ id, count }) => [id, Number(count)]));
}

function readLosses(accountIds: readonly string[]): Promise<Count[]> {
  return db().$queryRaw<Count[]>`
    SELECT n.account_id AS id, sum(l.lost)::bigint AS count
    FROM ${lossesSince(weekStart())} AS l JOIN number n ON n.phone_number_id = l.phone_number_id
    WHERE n.account_id = ANY(${accountIds}::uuid[]) GROUP BY n.account_id`;
}

/** Also counts the requests to lift an account's rule, which name no number. */
function readOpenRequests(accountIds: readonly string[]): Promise<Count[]> {
  return db().$queryRaw<Count[]>`
    SELECT id, count(DISTINCT request_id) AS count FROM (
      SELECT i.account_id AS id, r.id AS request_id
      FROM change_request r JOIN change_request_item i ON i.request_id = r.id
      WHERE r.state = 'open' AND i.account_id = ANY(${accountIds}::uuid[])
      UNION ALL
      SELECT r.lifts_two_people_of_id, r.id FROM change_request r
      WHERE r.state = 'open' AND r.lifts_two_people_of_id = ANY(${accountIds}::uuid[])) AS open
    GROUP BY id`;
}
