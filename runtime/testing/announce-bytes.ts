import { once } from "node:events";
import { type IncomingMessage, request } from "node:http";

/** The status of the answer to a payload of this length before its body is sent: a body cut short would race it. */
export async function announceBytes(url: string, length: number): Promise<number | undefined> {
  const headers = { "content-type": "application/json", "content-length": length };
  const asking = request(`${url}/meta/webhook`, { method: "POST", headers });
  asking.flushHeaders();
  const [answer] = (await once(asking, "response")) as [IncomingMessage];
  asking.on("error", () => undefined).destroy();
  return answer.statusCode;
}
