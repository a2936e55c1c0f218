import { readFile } from "node:fs/promises";
import { request as send } from "node:http";
import { text } from "node:stream/consumers";
import { request } from "@playwright/test";
import { aToken } from "#testing/factories.ts";
import { aColleague, expect, readEventsOf, signIn, test } from "./fixtures.ts";

const MANIFEST = new URL("../.next/server/server-reference-manifest.json", import.meta.url);

type Manifest = { node: Record<string, { exportedName: string }> };

async function findActionId(name: string): Promise<string> {
  const { node } = JSON.parse(await readFile(MANIFEST, "utf8")) as Manifest;
  const entry = Object.entries(node).find(([, { exportedName }]) => exportedName === name);
  if (!entry) throw new Error(`The build has no action ${name}.`);
  return entry[0];
}

/** Posts from a loopback address other than the console's own. */
async function post(url: URL, headers: Record<string, string>, body: string) {
  const options = { method: "POST", headers, localAddress: "127.0.0.2" };
  const asked = send(url, options);
  const answered = Promise.withResolvers<{ requestId: string; body: string }>();
  asked.on("error", answered.reject);
  asked.on("response", async (response) => {
    const requestId = String(response.headers["x-request-id"]);
    answered.resolve({ requestId, body: await text(response) });
  });
  asked.end(body);
  return await answered.promise;
}

const FORGED = {
  "x-client-ip": "203.0.113.9",
  "x-action-forwarded": "1",
  "x-handed-on": "guessed",
};

for (const [how, given] of [
  ["another page", {}],
  ["another page behind a proxy with TLS", { "x-forwarded-proto": "https" }],
  ["another page, with forged headers", FORGED],
] as const) {
  test(`an action posted to ${how} is recorded with the address and the id of its request`, async ({
    baseURL,
  }) => {
    const colleague = await aColleague("support");
    const jar = await request.newContext({ baseURL: baseURL ?? "" });
    await signIn({ request: jar }, colleague);
    const { cookies } = await jar.storageState();
    await jar.dispose();
    const { id: tokenId } = await aToken({ personId: colleague.id });
    const headers = {
      cookie: cookies.map(({ name, value }) => `${name}=${value}`).join("; "),
      "next-action": await findActionId("revokeTokenAction"),
      "content-type": "text/plain;charset=UTF-8",
      ...given,
    };
    const input = [colleague.id, { tokenId, reason: "Sent to another page" }];
    // The simulator's page has no actions on tokens, so Next forwards the action.
    const url = new URL("/simulator", baseURL ?? "");
    const { requestId, body } = await post(url, headers, JSON.stringify(input));
    const events = await readEventsOf(tokenId);
    expect(events, body).toMatchObject([{ action: "token.revoked", ip: "127.0.0.2", requestId }]);
  });
}
