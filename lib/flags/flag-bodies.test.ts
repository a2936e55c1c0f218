import { expect, test, vi } from "vitest";
import { FlagBodies, type FlagDelta } from "./flag-bodies.ts";
import { type FlagChange, FlagTimeline, MAX_RECENT } from "./flag-timeline.ts";

const hashOf = (revision: number) => revision.toString(16).padStart(64, "0");
const cursorOf = (revision: number) => `${revision}.${hashOf(revision).slice(0, 8)}`;

/** Numbers switched on one after the other, and off again where `isOff`. */
function aTimeline(count: number, { isOff = false } = {}): FlagTimeline {
  const timeline = new FlagTimeline({
    revision: 0,
    revisionHash: "0".repeat(64),
    accepts: [],
    recent: [],
  });
  const change = (revision: number, number: number, acceptsBsuid: boolean): FlagChange => ({
    revision,
    hash: hashOf(revision),
    phoneNumberId: String(1e14 + number),
    acceptsBsuid,
  });
  const changes = Array.from({ length: count }, (_, at) => change(at + 1, at, true));
  const back = Array.from({ length: count }, (_, at) => change(count + at + 1, at, false));
  timeline.apply(isOff ? [...changes, ...back] : changes);
  return timeline;
}

test("a delta has the changes since, even if the snapshot is a little smaller", () => {
  const bodies = new FlagBodies(aTimeline(3));
  const delta = JSON.parse(bodies.deltaSince(cursorOf(1)) ?? "null") as FlagDelta;
  expect(delta).toMatchObject({ kind: "delta", since: cursorOf(1), cursor: cursorOf(3) });
  expect(delta.changes.map(({ revision }) => revision)).toEqual([2, 3]);
});

test("a small delta is made without the snapshot, which each flip would have to make again", () => {
  const timeline = aTimeline(3);
  const accepts = vi.spyOn(timeline, "accepts", "get");
  const bodies = new FlagBodies(timeline);
  expect(bodies.deltaSince(cursorOf(1))).toContain('"kind":"delta"');
  expect(accepts).not.toHaveBeenCalled();
});

test("a large delta gives way to a smaller snapshot, a small one does not", () => {
  const bodies = new FlagBodies(aTimeline(MAX_RECENT / 2, { isOff: true }));
  expect(bodies.snapshot.length).toBeLessThan(200);
  expect(bodies.deltaSince(cursorOf(MAX_RECENT / 2))).toBeNull();
  expect(bodies.deltaSince(cursorOf(MAX_RECENT - 10))).toContain('"kind":"delta"');
});

test("a reader with thousands of cursors makes the server cache only a few megabytes", () => {
  const bodies = new FlagBodies(aTimeline(MAX_RECENT));
  let sent = 0;
  for (let revision = 1; revision < MAX_RECENT; revision += 5) {
    sent += bodies.deltaSince(cursorOf(revision))?.length ?? 0;
  }
  expect(sent).toBeGreaterThan(20_000_000);
  expect(bodies.keptBytes).toBeLessThanOrEqual(4_000_000);
  expect(bodies.deltaSince(cursorOf(MAX_RECENT - 1))).toContain('"kind":"delta"');
});
