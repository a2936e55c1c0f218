import { createHmac } from "node:crypto";
import { isIPv6 } from "node:net";
import { getConfig } from "../config.ts";
import { db } from "../db/client.ts";
import { databaseNow } from "../db/database-clock.ts";
import { AppError } from "../errors.ts";

/** How many wrong passwords cost nothing, and the longest wait after many more. */
type Patience = { free: number; longestSeconds: number };
/** Short enough that somebody who is attacked gets in soon after. */
const ACCOUNT: Patience = { free: 4, longestSeconds: 300 };
/** An office has one address and many people. */
const ADDRESS: Patience = { free: 20, longestSeconds: 900 };

/** What wrong passwords cost, for who looks at the settings. */
export const PATIENCE = { account: ACCOUNT, address: ADDRESS };

type Key = Patience & { key: string };

/** An attempt that may go on; `succeed` takes back what it cost. */
export type Attempt = { succeed: () => Promise<void> };

/** Too many wrong passwords; the same for accounts that exist and those that do not. */
export class TooManyAttempts extends AppError {
  override name = "TooManyAttempts";
  readonly waitSeconds: number;

  constructor(waitSeconds: number) {
    const message = `Too many wrong passwords. Try again in ${waitSeconds} seconds.`;
    super("RATE_LIMITED", message, [{ path: "password", message }]);
    this.waitSeconds = waitSeconds;
  }
}

/**
 * Counts an attempt before its password is looked at, so that many at once gain nothing. After
 * the free ones the wait doubles from 2 s with each; an hour without an attempt forgets them.
 * In the database: it holds across instances and restarts.
 *
 * @throws TooManyAttempts
 */
export async function beginAttempt({
  email,
  ip,
}: {
  email: string;
  ip: string | null;
}): Promise<Attempt> {
  const address = ip === null ? null : toKey(ADDRESS, `address ${toNetwork(ip)}`);
  if (address) await take(address);
  const account = toKey(ACCOUNT, `account ${email}`);
  await take(account);
  return {
    succeed: async () => {
      await db().signInFailures.deleteMany({ where: { key: account.key } });
      if (address) await giveBack(address);
    },
  };
}

async function take({ key, free, longestSeconds }: Key): Promise<void> {
  const isTaken = await db().$executeRaw`
    INSERT INTO sign_in_failures AS f (key, count, blocked_until, last_at)
    VALUES (${key}, 1, now() - interval '1 second', now())
    ON CONFLICT (key) DO UPDATE SET
      count = CASE WHEN f.last_at < now() - interval '1 hour' THEN 1 ELSE f.count + 1 END,
      blocked_until = now() + CASE
        -- Surely past: the column rounds to milliseconds, upwards too.
        WHEN f.last_at < now() - interval '1 hour' OR f.count < ${free} THEN interval '-1 second'
        ELSE make_interval(secs => least(${longestSeconds}, power(2, least(f.count + 1 - ${free}, 20)))) END,
      last_at = now()
    WHERE f.blocked_until <= now()`;
  if (isTaken > 0) return;
  const row = await db().signInFailures.findUnique({ where: { key } });
  const waitMs = (row?.blockedUntil.getTime() ?? 0) - databaseNow().getTime();
  throw new TooManyAttempts(Math.max(1, Math.ceil(waitMs / 1_000)));
}

async function giveBack({ key }: Key): Promise<void> {
  await db().$executeRaw`
    UPDATE sign_in_failures SET count = greatest(count - 1, 0), blocked_until = now() - interval '1 second'
    WHERE key = ${key}`;
}

/** Keyed, so that the table tells nobody which addresses were tried. */
function toKey(patience: Patience, name: string): Key {
  const key = createHmac("sha256", getConfig().nextAuthSecret).update(name).digest("hex");
  return { ...patience, key };
}

/** Of IPv6 everybody has a whole /64. */
function toNetwork(ip: string): string {
  if (!isIPv6(ip)) return ip;
  const [head = "", tail = ""] = ip.split("::");
  const groups = head.split(":").filter(Boolean);
  const rest = tail.split(":").filter(Boolean);
  const zeros = ip.includes("::")
    ? Array(Math.max(0, 8 - groups.length - rest.length)).fill("0")
    : [];
  return [...groups, ...zeros, ...rest].slice(0, 4).join(":");
}
