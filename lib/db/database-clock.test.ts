import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { authenticateToken } from "../access/authenticate-token.ts";
import { findSessionActor } from "../access/find-session-actor.ts";
import { listSessions } from "../access/list-sessions.ts";
import { startSession } from "../access/start-session.ts";
import { flagFeed } from "../flags/feed.ts";
import { setFlag } from "../flags/set-flag.ts";
import { readReadiness } from "../http/readiness.ts";
import { aNumber, anOrigin, aPerson, aToken } from "../testing/factories.ts";
import { useTestDatabase } from "../testing/use-test-database.ts";
import { clockOffSeconds } from "./database-clock.ts";

useTestDatabase();
const DAY_SECONDS = 86_400;

beforeEach(() => expect.poll(() => flagFeed().timeline).not.toBeNull());
afterEach(() => vi.useRealTimers());

/** Only what `Date` says: time itself goes on. */
function setOwnClock(offSeconds: number): void {
  vi.useFakeTimers({ toFake: ["Date"], now: Date.now() + offSeconds * 1_000 });
}

test.each([DAY_SECONDS, -DAY_SECONDS])(
  "a console whose clock is off by %i s judges by the database's, and says so",
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
    expect(Math.abs((readReadiness().clockOffSeconds ?? 0) - offSeconds)).toBeLessThan(30);
  },
);

test("clocks that agree are nothing to tell of", () => {
  expect(clockOffSeconds()).toBeNull();
  expect(readReadiness()).not.toHaveProperty("clockOffSeconds");
});
