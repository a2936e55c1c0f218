import { expect, test } from "vitest";
import { toPulledBody } from "./pulled-body.ts";

async function* count(made: number[], onEnd: () => void = () => {}) {
  try {
    for (let place = 0; ; place += 1) {
      made.push(place);
      yield `${place}`;
    }
  } finally {
    onEnd();
  }
}

test("nothing is generated before the reader asks for it", async () => {
  const made: number[] = [];
  const reader = toPulledBody(count(made)).getReader();
  expect(made).toEqual([]);
  await reader.read();
  await reader.read();
  expect(made).toEqual([0, 1]);
});

test("when the reader leaves, the generator ends", async () => {
  const ends: string[] = [];
  const reader = toPulledBody(
    count([], () => ends.push("made")),
    () => ends.push("left"),
  ).getReader();
  await reader.read();
  await reader.cancel();
  expect(ends).toEqual(["left", "made"]);
});
