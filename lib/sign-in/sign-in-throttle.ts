import { createHmac } from "node:crypto";
import { isIPv6 } from "node:net";
import { getConfig } from "../config.ts";
import { db } from "../db/client.ts";
import { databaseNow } from "../db/database-clock.ts";
import { AppError } from "../errors.ts";

/** How many wrong passwords are free, and the longest wait after more. */
type Limit = { free: number; longestSeconds: number };
/** Short, so that the owner of an attacked account can sign in soon after. */
const ACCOUNT: Limit = { free: 4, longestSeconds: 300 };
/** Higher, since many people of an office share one address. */
const ADDRESS: Limit = { free: 20, longestSeconds: 900 };

/** The limits, for the page with the settings. */
export const THROTTLE_LIMITS = { account: ACCOUNT, address: ADDRESS };

type Key = Limit & { key: string };

/** An attempt that may go on; `succeed` undoes its count. */
export type Attempt = { succeed: () => Promise<void> };

/** Too many wrong passwords; the same for existing and unknown accounts. */
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
 * Counts an attempt before its password is checked, so that concurrent ones gain nothing. After the
 * free ones each attempt doubles the wait, from 2 s on; an hour without attempts resets it. Counts are
 * in the database, for all instances and across restarts.
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
        -- A second ago, because the column rounds to milliseconds, also up.
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

/** A keyed hash, so that the table does not reveal which addresses were tried. */
function toKey(limit: Limit, name: string): Key {
  const key = createHmac("sha256", getConfig().nextAuthSecret).update(name).digest("hex");
  return { ...limit, key };
}

/** The network that counts as one client: in IPv6 a /64, all of which one client may use. */
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
