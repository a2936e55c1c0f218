import type { FastifyRequest } from "fastify";
import { expect, test } from "vitest";
import { RequestError } from "../errors/request-error.ts";
import { requireApiKey } from "./require-api-key.ts";

const KEY = "the-api-key-of-the-business";

/** The part of a request that the hook reads. */
function from(ip: string, apiKey: string): FastifyRequest {
  return { ip, headers: { "x-api-key": apiKey } } as unknown as FastifyRequest;
}

async function refusalOf(asked: Promise<void>): Promise<RequestError | null> {
  return await asked.then(
    () => null,
    (error: unknown) => (error instanceof RequestError ? error : Promise.reject(error)),
  );
}

test("the 201st request within a second is refused, with a whole number of seconds to wait", async () => {
  const check = requireApiKey(KEY);
  for (let count = 0; count < 200; count += 1)
    expect(await refusalOf(check(from("1.1.1.1", KEY)))).toBeNull();
  const refusal = await refusalOf(check(from("2.2.2.2", KEY)));
  expect(refusal).toMatchObject({ kind: "RATE_LIMITED", retryAfterSeconds: 1 });
});

test("guesses are counted by address, and never lock out a client with the key", async () => {
  const check = requireApiKey(KEY);
  const kinds = [];
  for (let count = 0; count < 30; count += 1)
    kinds.push((await refusalOf(check(from("1.1.1.1", `${KEY}${count}`))))?.kind);
  expect(new Set(kinds.slice(0, 20))).toEqual(new Set(["UNAUTHENTICATED"]));
  expect(kinds.at(-1)).toBe("RATE_LIMITED");
  expect(await refusalOf(check(from("1.1.1.1", KEY)))).toBeNull();
  expect((await refusalOf(check(from("3.3.3.3", ""))))?.kind).toBe("UNAUTHENTICATED");
});
