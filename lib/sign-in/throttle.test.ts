import { describe, expect, test } from "vitest";
import { useTestDatabase } from "#testing/database/use-test-database.ts";
import { anOrigin, aSystem } from "#testing/factories.ts";
import { refusals } from "../access/refusal-log.ts";
import { db } from "../db/client.ts";
import { createPerson } from "../people/create-person.ts";
import { beginAttempt } from "./sign-in-throttle.ts";
import { signInWithPassword } from "./sign-in-with-password.ts";

useTestDatabase();

const PASSWORD = "correct horse battery";
let count = 0;
const anAddress = () => `203.0.113.${++count}`;

async function aNewcomer(): Promise<string> {
  const email = `${crypto.randomUUID()}@staff.test`;
  const input = { email, name: "Nia", role: "support", password: PASSWORD } as const;
  await createPerson(aSystem("person:manage"), input);
  return email;
}

const attempt = (email: string, password: string, ip: string | null) =>
  signInWithPassword({ email, password }, anOrigin({ ip }));

/** How long one has to wait now; 0: an attempt is taken. */
async function waitOf(email: string, ip: string | null = null): Promise<number> {
  try {
    await beginAttempt({ email, ip });
    return 0;
  } catch (error) {
    expect(error).toMatchObject({ code: "RATE_LIMITED" });
    return (error as { waitSeconds: number }).waitSeconds;
  }
}

/** As if the wait were over. */
const waitOut = () => db().signInFailures.updateMany({ data: { blockedUntil: new Date(0) } });

test("after four wrong passwords the wait doubles with each, up to five minutes", async () => {
  const email = `${crypto.randomUUID()}@staff.test`;
  for (let free = 0; free < 4; free += 1) expect(await waitOf(email)).toBe(0);
  const waits: number[] = [];
  for (let more = 0; more < 10; more += 1) {
    await waitOut();
    expect(await waitOf(email)).toBe(0);
    waits.push(await waitOf(email));
  }
  expect(waits).toEqual([2, 4, 8, 16, 32, 64, 128, 256, 300, 300]);
});

test("a right password is not checked during the wait, but after it", async () => {
  const email = await aNewcomer();
  for (let n = 0; n < 5; n += 1) expect(await attempt(email, "wrong", anAddress())).toBeNull();
  await expect(attempt(email, PASSWORD, anAddress())).rejects.toMatchObject({
    code: "RATE_LIMITED",
  });
  await waitOut();
  expect(await attempt(email, PASSWORD, anAddress())).toMatchObject({ email });
});

test("a right password resets the throttle", async () => {
  const email = await aNewcomer();
  for (let round = 0; round < 3; round += 1) {
    for (let n = 0; n < 3; n += 1) expect(await attempt(email, "wrong", anAddress())).toBeNull();
    expect(await attempt(email, PASSWORD, anAddress())).toMatchObject({ email });
  }
});

test("a hundred attempts at once are no more than one after the other", async () => {
  const email = `${crypto.randomUUID()}@staff.test`;
  const waits = await Promise.all(Array.from({ length: 100 }, () => waitOf(email)));
  expect(waits.filter((wait) => wait === 0)).toHaveLength(5);
});

test("an address that tries many accounts has to wait, others do not", async () => {
  const ip = anAddress();
  for (let n = 0; n < 21; n += 1) expect(await waitOf(`${n}.${ip}@staff.test`, ip)).toBe(0);
  expect(await waitOf(`more.${ip}@staff.test`, ip)).toBeGreaterThan(0);
  expect(await waitOf(`more.${ip}@staff.test`, anAddress())).toBe(0);
});

test("an office of people who sign in rightly never has to wait", async () => {
  const ip = anAddress();
  const email = await aNewcomer();
  for (let n = 0; n < 30; n += 1) expect(await attempt(email, PASSWORD, ip)).not.toBeNull();
});

test("of IPv6 a whole /64 counts as one address", async () => {
  for (let n = 1; n <= 21; n += 1) {
    expect(await waitOf(`${n}.six@staff.test`, `2001:db8:1:2::${n.toString(16)}`)).toBe(0);
  }
  expect(await waitOf("more.six@staff.test", "2001:db8:1:2:ffff::1")).toBeGreaterThan(0);
  expect(await waitOf("more.six@staff.test", "2001:db8:1:3::1")).toBe(0);
});

test("an hour without an attempt resets the wait", async () => {
  const email = `${crypto.randomUUID()}@staff.test`;
  for (let n = 0; n < 5; n += 1) await waitOf(email);
  const hourAgo = new Date(Date.now() - 3_601_000);
  await db().signInFailures.updateMany({ data: { lastAt: hourAgo, blockedUntil: hourAgo } });
  for (let n = 0; n < 4; n += 1) expect(await waitOf(email)).toBe(0);
});

test("the table does not reveal which addresses were tried", async () => {
  const email = `${crypto.randomUUID()}@staff.test`;
  await waitOf(email, "192.0.2.77");
  const rows = JSON.stringify(await db().signInFailures.findMany());
  expect(rows).not.toContain(email);
  expect(rows).not.toContain("192.0.2.77");
});

describe("an account that exists and one that does not", () => {
  test("are throttled alike, in the same words", async () => {
    const outcomes = [];
    for (const email of [await aNewcomer(), `${crypto.randomUUID()}@staff.test`]) {
      const outcome = [];
      for (let n = 0; n < 7; n += 1) {
        outcome.push(
          await attempt(email, "wrong", anAddress()).catch((error: Error) => error.message),
        );
      }
      outcomes.push(outcome);
    }
    expect(outcomes[0]).toEqual(outcomes[1]);
    expect(outcomes[0]?.at(-1)).toContain("Too many wrong passwords");
  });

  test("take the same time", async () => {
    const timeOf = async (email: string) => {
      await refusals().settled();
      const start = performance.now();
      await attempt(email, "wrong", anAddress());
      return performance.now() - start;
    };
    const [existing, missing]: [number[], number[]] = [[], []];
    for (let n = 0; n < 15; n += 1) {
      existing.push(await timeOf(await aNewcomer()));
      missing.push(await timeOf(`${crypto.randomUUID()}@staff.test`));
    }
    // The quickest of each: what else the machine does only ever adds.
    const ratio = Math.min(...existing) / Math.min(...missing);
    expect(ratio).toBeGreaterThan(0.67);
    expect(ratio).toBeLessThan(1.5);
  });
});
