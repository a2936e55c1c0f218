import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { useTestDatabase } from "#testing/database/use-test-database.ts";
import { aNumber, anOrigin, aPerson, aSystem, aToken } from "#testing/factories.ts";
import { aReport } from "#testing/http/report.ts";
import { findSegment } from "../audit/archive/find-segment.ts";
import { readHead } from "../audit/head/read-head.ts";
import { flagFeed } from "../flags/flag-feed.ts";
import { setFlag } from "../flags/set-flag.ts";
import { readReadiness } from "../http/api/readiness.ts";
import { receiveReport } from "../runtimes/receive-report.ts";
import { findSessionActor } from "../sessions/find-session-actor.ts";
import { listSessions } from "../sessions/list-sessions.ts";
import { startSession } from "../sessions/start-session.ts";
import { expiresAtSchema } from "../tokens/add-token.ts";
import { authenticateToken } from "../tokens/authenticate-token.ts";
import { toExpiry } from "../tokens/to-expiry.ts";
import { MAX_LIFE_DAYS } from "../tokens/token-life.ts";
import { db } from "./client.ts";
import { clockOffSeconds } from "./database-clock.ts";

useTestDatabase();
const DAY_SECONDS = 86_400;
const MINUTE_MS = 60_000;

beforeEach(() => expect.poll(() => flagFeed().timeline).not.toBeNull());
afterEach(() => vi.useRealTimers());

/** Only what `Date` says: time itself goes on. */
function setOwnClock(offSeconds: number): void {
  vi.useFakeTimers({ toFake: ["Date"], now: Date.now() + offSeconds * 1_000 });
}

test.each([40 * DAY_SECONDS, -DAY_SECONDS])(
  "a console whose clock is off by %i s goes by the database's, and says so",
  async (offSeconds) => {
    const person = await aPerson("support");
    const session = await startSession(person, { method: "password", previousSessionId: null });
    const { id: tokenId, secret } = await aToken({ personId: person.id });
    const phoneNumberId = await aNumber();
    setOwnClock(offSeconds);
    expect(await findSessionActor(session, anOrigin())).toMatchObject({ id: person.id });
    expect(await listSessions(person, person.id)).toHaveLength(1);
    const actor = await authenticateToken(secret, anOrigin());
    expect(actor).toMatchObject({ tokenId });
    const flip = { phoneNumberId, acceptsBsuid: true, reason: "By the database's clock" };
    expect(await setFlag(actor, flip)).toMatchObject({ changed: true });
    const { signedAt } = await readHead(aSystem("audit:read"));
    const { lastUsedAt } = await db().token.findUniqueOrThrow({ where: { id: tokenId } });
    for (const time of [signedAt, lastUsedAt]) {
      const real = Date.now() - offSeconds * 1_000;
      expect(Math.abs(new Date(time ?? "").getTime() - real)).toBeLessThan(MINUTE_MS);
    }
    expect(() => expiresAtSchema.parse(toExpiry(MAX_LIFE_DAYS))).not.toThrow();
    const sequence = Date.now() - offSeconds * 1_000;
    const report = aReport({ sequence, appliedAt: new Date(sequence).toISOString() });
    await receiveReport(aSystem("report:write"), report);
    const where = { instanceId: report.instanceId };
    const { lastSequence } = await db().runtimeInstance.findUniqueOrThrow({ where });
    expect(lastSequence).toBe(BigInt(sequence));
    // Nothing of this month is old enough to leave the trail.
    expect(await findSegment(1)).toBeNull();
    expect(Math.abs((readReadiness().clockOffSeconds ?? 0) - offSeconds)).toBeLessThan(30);
  },
);

test("clocks that agree are not reported", () => {
  expect(clockOffSeconds()).toBeNull();
  expect(readReadiness()).not.toHaveProperty("clockOffSeconds");
});
