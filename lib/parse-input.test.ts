import { expect, test } from "vitest";
import { z } from "zod";
import type { AppError } from "./errors.ts";
import { parseInput } from "./parse-input.ts";

test("of many wrong fields the first are named, and the rest counted", () => {
  let refused: AppError | undefined;
  try {
    parseInput(z.object({ ids: z.array(z.int()) }), { ids: new Array(5_000).fill("x") });
  } catch (error) {
    refused = error as AppError;
  }
  expect(refused?.code).toBe("INVALID_INPUT");
  expect(refused?.issues).toHaveLength(201);
  expect(refused?.issues[0]?.path).toBe("ids[0]");
  expect(refused?.issues.at(-1)).toEqual({ path: "", message: "4800 more are not valid." });
});
