import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { expect, onTestFinished, test } from "vitest";
import { answerUnavailable, noticeUnavailable } from "./unavailable-actions.ts";

/** What a browser receives from an action that answers with text and `status`. */
async function act({ isUnavailable, status = 200 }: { isUnavailable: boolean; status?: number }) {
  const server = createServer((_, response) => {
    answerUnavailable(response, "the-request-id");
    if (isUnavailable) noticeUnavailable("the-request-id");
    response.statusCode = status;
    response.setHeader("content-type", "text/x-component");
    response.write("the ");
    response.end("words");
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  onTestFinished(() => void server.close());
  const { port } = server.address() as AddressInfo;
  const answer = await fetch(`http://127.0.0.1:${port}/`, { method: "POST" });
  return [answer.status, answer.headers.get("retry-after"), await answer.text()];
}

test("an action that fails because of the database is 503 with its own text, and the next one is not", async () => {
  expect(await act({ isUnavailable: true })).toEqual([503, "5", "the words"]);
  expect(await act({ isUnavailable: false })).toEqual([200, null, "the words"]);
  expect(await act({ isUnavailable: true, status: 303 })).toEqual([303, null, "the words"]);
  expect(await act({ isUnavailable: false })).toEqual([200, null, "the words"]);
});
