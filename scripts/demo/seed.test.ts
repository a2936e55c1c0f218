import { isValidPhoneNumber } from "libphonenumber-js/min";
import { beforeAll, describe, expect, test } from "vitest";
import type { Origin } from "#lib/access/actor.ts";
import { closeDatabase, db } from "#lib/db/client.ts";
import { signInWithPassword } from "#lib/sign-in/sign-in-with-password.ts";
import { authenticateToken } from "#lib/tokens/authenticate-token.ts";
import { useTestDatabase } from "#testing/database/use-test-database.ts";
import { newDemoSecrets } from "./demo-secrets.ts";
import { seedDemo } from "./seed.ts";

const database = useTestDatabase();
const secrets = newDemoSecrets();
const origin: Origin = { requestId: "r", channel: "api", ip: null, userAgent: null };

beforeAll(async () => {
  await closeDatabase();
  await seedDemo({ databaseUrl: database.ownerUrl(), secrets });
});

describe("the demo", () => {
  test("has about 400 numbers of 40 accounts in ten countries, some on, some retired", async () => {
    const numbers = await db().number.findMany();
    expect(numbers.length).toBeGreaterThan(380);
    expect(numbers.length).toBeLessThan(420);
    expect(await db().account.count()).toBe(40);
    const on = numbers.filter(({ acceptsBsuid }) => acceptsBsuid).length;
    expect(on).toBeGreaterThan(95);
    expect(on).toBeLessThan(130);
    expect(numbers.filter(({ retiredAt }) => retiredAt)).toHaveLength(12);
    expect(new Set(numbers.map((number) => number.displayPhoneNumber)).size).toBe(numbers.length);
    for (const { phoneNumberId, displayPhoneNumber } of numbers) {
      expect(phoneNumberId).toMatch(/^\d{15,16}$/);
      expect(isValidPhoneNumber(displayPhoneNumber)).toBe(true);
    }
  });

  test("has two portfolios with mixed flags, retired numbers aside", async () => {
    const mixed = await db().$queryRaw<unknown[]>`
      SELECT portfolio_id FROM number WHERE retired_at IS NULL
      GROUP BY portfolio_id HAVING bool_or(accepts_bsuid) AND NOT bool_and(accepts_bsuid)`;
    expect(mixed).toHaveLength(2);
  });

  test("has a manager with three or more accounts, and accounts without a manager", async () => {
    const manager = await db().person.findUnique({
      where: { email: "account.manager@demo.test" },
      include: { accounts: true },
    });
    expect(manager?.accounts.length).toBeGreaterThanOrEqual(3);
    expect(await db().account.count({ where: { managerId: null } })).toBe(3);
    expect(await db().account.count({ where: { zone: null } })).toBe(0);
  });

  test("has numbers that went on, off and on again", async () => {
    const hesitant = await db().number.count({ where: { flagVersion: 3, acceptsBsuid: true } });
    expect(hesitant).toBe(10);
  });

  test("has five weeks of traffic: a number lost messages while it was off and not while it was on, and no runtime runs", async () => {
    const [traffic] = await db().$queryRaw<Record<string, unknown>[]>`
      SELECT count(DISTINCT n.phone_number_id)::int AS numbers,
        count(DISTINCT n.phone_number_id) FILTER (WHERE c.phone_less_dropped > 0)::int AS losing,
        bool_or(n.accepts_bsuid AND c.phone_less_dropped > 0) AS "onesOnLose",
        bool_or(n.accepts_bsuid AND c.phone_less_accepted > 0) AS "onesOnAccept"
      FROM traffic_count c JOIN number n USING (phone_number_id)
      WHERE c.hour >= coalesce(n.flag_changed_at, '-infinity')`;
    expect(traffic).toMatchObject({ onesOnLose: false, onesOnAccept: true });
    expect(traffic?.numbers).toBeGreaterThan(370);
    expect(traffic?.losing).toBeGreaterThan(100);
    expect(await db().runtimeInstance.count()).toBe(0);
  });

  test("loses more from week to week", async () => {
    const weeks = await db().$queryRaw<{ lost: number }[]>`
      SELECT sum(phone_less_dropped)::int AS lost FROM traffic_count
      WHERE hour >= now() - interval '28 days'
      GROUP BY floor(extract(epoch FROM now() - hour) / 604800) ORDER BY 1`;
    const lost = weeks.map((week) => week.lost);
    expect(lost).toHaveLength(4);
    expect((lost.at(-1) ?? 0) / (lost[0] ?? 0)).toBeGreaterThan(1.2);
  });

  test("signs its five people in with their passwords and roles", async () => {
    expect(secrets.people.map(({ email }) => email)).toEqual([
      "support@demo.test",
      "account.manager@demo.test",
      "auditor@demo.test",
      "admin@demo.test",
      "support2@demo.test",
    ]);
    for (const { email, password, role } of secrets.people) {
      expect(await signInWithPassword({ email, password }, origin)).toMatchObject({ email, role });
    }
  });

  test("has two service tokens and a personal one for each role", async () => {
    const { runtime, provisioning, ...personal } = secrets.tokens;
    expect(await authenticateToken(runtime, origin)).toMatchObject({
      type: "service",
      scopes: ["flags:read", "reports:write"],
    });
    expect(await authenticateToken(provisioning, origin)).toMatchObject({
      type: "service",
      scopes: ["numbers:read", "roster:write"],
    });
    for (const [role, secret] of Object.entries(personal)) {
      expect(await authenticateToken(secret, origin)).toMatchObject({ type: "person", role });
    }
  });
});

test("two demos share no secret", () => {
  const other = newDemoSecrets();
  expect(other.tokens.runtime).not.toBe(secrets.tokens.runtime);
  const all = [...secrets.people, ...other.people].map(({ password }) => password);
  expect(new Set(all).size).toBe(10);
});
