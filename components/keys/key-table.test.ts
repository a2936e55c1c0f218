import { expect, test } from "vitest";
import messages from "../../messages/en.json" with { type: "json" };
import { KEYS } from "./key-table.ts";

test("no key stands for two actions, and each action has a name", () => {
  const presses = KEYS.map(({ press }) => press);
  expect(new Set(presses).size).toBe(presses.length);
  const actions = new Set(KEYS.map(({ action }) => action));
  expect(Object.keys(messages.keys.action).sort()).toEqual([...actions].sort());
});
