import { encode } from "next-auth/jwt";
import { expect, test } from "vitest";
import { hasSessionCookie } from "./has-session-cookie.ts";

const OWN = { ownUrl: "http://console.test", secret: "for this test only, and long enough" };
const sealed = (secret: string) => encode({ token: { sessionId: "x" }, secret });

test("a cookie that the console sealed is recognised, also among others and on HTTPS", async () => {
  const value = await sealed(OWN.secret);
  const header = `time-zone=Europe%2FRome; next-auth.session-token=${value}`;
  expect(await hasSessionCookie(header, OWN)).toBe(true);
  const https = { ...OWN, ownUrl: "https://console.test" };
  expect(await hasSessionCookie(`__Host-next-auth.session-token=${value}`, https)).toBe(true);
  expect(await hasSessionCookie(header, https)).toBe(false);
});

test.each([undefined, "", "=", "next-auth.session-token=", "next-auth.session-token=junk", "x=y"])(
  "%j is not recognised",
  async (header) => {
    expect(await hasSessionCookie(header, OWN)).toBe(false);
  },
);

test("a cookie that somebody else sealed is not recognised", async () => {
  const value = await sealed("another secret, which is as long");
  expect(await hasSessionCookie(`next-auth.session-token=${value}`, OWN)).toBe(false);
});
