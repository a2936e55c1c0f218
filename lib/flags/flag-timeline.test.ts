import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type FlagChange, FlagTimeline, MAX_RECENT } from "./flag-timeline.ts";

const hashOf = (revision: number) => revision.toString(16).padStart(8, "0").padEnd(64, "f");
const cursorOf = (revision: number) =>
  `${revision}.${revision === 0 ? "00000000" : hashOf(revision).slice(0, 8)}`;
const change = (revision: number, phoneNumberId: string, acceptsBsuid: boolean): FlagChange => ({
  revision,
  hash: hashOf(revision),
  phoneNumberId,
  acceptsBsuid,
});
const empty = () =>
  new FlagTimeline({ revision: 0, revisionHash: "0".repeat(64), accepts: [], recent: [] });

describe("a timeline", () => {
  test("always equals a plain set with the changes applied", () => {
    const changes = fc.array(fc.tuple(fc.integer({ min: 1, max: 30 }), fc.boolean()));
    fc.assert(
      fc.property(changes, (flips) => {
        const timeline = empty();
        const model = new Set<string>();
        flips.forEach(([id, accepts], place) => {
          timeline.apply([change(place + 1, String(id), accepts)]);
          if (accepts) model.add(String(id));
          else model.delete(String(id));
        });
        expect(timeline.accepts).toEqual([...model].sort());
        for (let id = 1; id <= 30; id += 1) {
          expect(timeline.acceptsBsuid(String(id))).toBe(model.has(String(id)));
        }
      }),
    );
  });

  test("has a delta from any known cursor to the present", () => {
    const changes = fc.array(fc.tuple(fc.integer({ min: 1, max: 8 }), fc.boolean()), {
      minLength: 1,
    });
    fc.assert(
      fc.property(changes, fc.nat(), (flips, pick) => {
        const timeline = empty();
        const states = [new Set<string>()];
        flips.forEach(([id, accepts], place) => {
          timeline.apply([change(place + 1, String(id), accepts)]);
          const next = new Set(states.at(-1));
          if (accepts) next.add(String(id));
          else next.delete(String(id));
          states.push(next);
        });
        const from = pick % states.length;
        const accepting = new Set(states[from]);
        const delta = timeline.changesSince(cursorOf(from));
        for (const { phoneNumberId, acceptsBsuid } of delta ?? []) {
          if (acceptsBsuid) accepting.add(phoneNumberId);
          else accepting.delete(phoneNumberId);
        }
        expect(delta).not.toBeNull();
        expect([...accepting].sort()).toEqual(timeline.accepts);
        expect(new Set(delta?.map((entry) => entry.phoneNumberId)).size).toBe(delta?.length);
      }),
    );
  });

  test.each([
    ["of the future", "4.00000004"],
    ["of another timeline", "2.deadbeef"],
    ["that is the present's with another hash", "3.deadbeef"],
    ["of the beginning with another hash", "0.deadbeef"],
    ["without a hash", "2"],
    ["that is text", "latest"],
    ["that is empty", ""],
    ["that is negative", "-1.00000000"],
    ["with a fraction", "1.5"],
  ])("does not know a cursor %s", (_, cursor) => {
    const timeline = empty();
    timeline.apply([change(1, "1", true), change(2, "2", true), change(3, "3", true)]);
    expect(timeline.changesSince(cursor)).toBeNull();
  });

  test("drops old changes, so that its memory does not grow", () => {
    const timeline = empty();
    for (let revision = 1; revision <= 3 * MAX_RECENT; revision += 1) {
      timeline.apply([change(revision, "1", revision % 2 === 1)]);
    }
    expect(timeline.changesSince(cursorOf(1))).toBeNull();
    const late = 3 * MAX_RECENT - 1;
    expect(timeline.changesSince(cursorOf(late))).toHaveLength(1);
  });

  test("refuses a gap", () => {
    expect(() => empty().apply([change(2, "1", true)])).toThrow(/does not follow/);
  });
});
