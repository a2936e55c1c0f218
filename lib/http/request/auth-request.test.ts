import { expect, test } from "vitest";
import { checkAuthRequest } from "./auth-request.ts";

const at = (callbackUrl: string) =>
  new Request(`http://console.test/api/auth/signin?callbackUrl=${encodeURIComponent(callbackUrl)}`);

const post = (type: string, body: string) =>
  new Request("http://console.test/api/auth/callback/credentials", {
    method: "POST",
    headers: { "content-type": type },
    body,
  });
const FORM = "application/x-www-form-urlencoded";

test.each(["", "/numbers", "/", "https://console.example.com/x", "http://127.0.0.1:3000"])(
  "%j is accepted as an address to return to",
  async (address) => {
    await checkAuthRequest(at(address));
    await checkAuthRequest(post(FORM, new URLSearchParams({ callbackUrl: address }).toString()));
    await checkAuthRequest(post("application/json", JSON.stringify({ callbackUrl: address })));
  },
);

test.each(["junk", "//", "javascript:alert(1)", "data:text/html,x", "http://", "http://[", "\0"])(
  "%j is not an address to return to, and is refused in words wherever it is sent",
  async (address) => {
    const refused = { code: "INVALID_INPUT", message: expect.stringContaining("callbackUrl") };
    await expect(checkAuthRequest(at(address))).rejects.toMatchObject(refused);
    const form = new URLSearchParams({ callbackUrl: address }).toString();
    await expect(checkAuthRequest(post(FORM, form))).rejects.toMatchObject(refused);
    const json = JSON.stringify({ callbackUrl: address });
    await expect(checkAuthRequest(post("application/json", json))).rejects.toMatchObject(refused);
  },
);

test.each([
  ["no JSON", "{"],
  ["nothing", ""],
  ["a list", "[]"],
  ["null", "null"],
  ["a text", '"x"'],
  ["an address of another type", '{"callbackUrl":{"a":1}}'],
  ["very deep", `${"[".repeat(30_000)}${"]".repeat(30_000)}`],
])("a JSON body that is %s is refused in words", async (_, body) => {
  await expect(checkAuthRequest(post("application/json", body))).rejects.toMatchObject({
    code: "INVALID_INPUT",
  });
});

test("a body beyond any form is too large", async () => {
  await expect(checkAuthRequest(post(FORM, "x".repeat(70_000)))).rejects.toMatchObject({
    code: "PAYLOAD_TOO_LARGE",
  });
});

test.each(["中", "é", "a\0b", "a\nb", "\u202e", "\ud800", "<b>"])(
  "%j is not an error code, and is refused in words",
  async (code) => {
    const url = `http://console.test/api/auth/error?error=${encodeURIComponent(code.toWellFormed())}`;
    await expect(checkAuthRequest(new Request(url))).rejects.toMatchObject({
      code: "INVALID_INPUT",
    });
  },
);

test("an error code is accepted", async () => {
  await checkAuthRequest(new Request("http://console.test/api/auth/error?error=OAuthCallback"));
});
