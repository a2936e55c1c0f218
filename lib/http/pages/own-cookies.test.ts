import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { COOKIES, isOwnAddress, keepOwnCookies, toCookieName } from "./own-cookies.ts";

const HTTPS = "https://console.example.com";
const HTTP = "http://127.0.0.1:3000";
const ATTEMPT = "0mtkcqw1f3a9b2c1";

function keep(cookie: string, ownUrl: string, isDevelopment = false): string | undefined {
  const message = { headers: { cookie } as { cookie?: string } };
  keepOwnCookies(message, { ownUrl, isDevelopment });
  return message.headers.cookie;
}

test.each(Object.values(COOKIES))("on HTTPS %s is ours only with __Host-", (name) => {
  const value = name === COOKIES.callbackUrl ? encodeURIComponent(`${HTTPS}/numbers`) : "v";
  expect(keep(`__Host-${name}=${value}`, HTTPS)).toBe(`__Host-${name}=${value}`);
  for (const prefix of ["", "__Secure-", "__host-", "x"]) {
    expect(keep(`${prefix}${name}=${value}`, HTTPS)).toBeUndefined();
  }
  expect(toCookieName(name, HTTPS)).toBe(`__Host-${name}`);
  expect(toCookieName(name, HTTP)).toBe(name);
});

describe("of a browser's cookies", () => {
  test.each<[string, string, string | undefined]>([
    ["an address that is none", "next-auth.callback-url=junk", undefined],
    ["another site's address", "next-auth.callback-url=https%3A%2F%2Fevil.example", undefined],
    ["a script as an address", "next-auth.callback-url=javascript%3Aalert(1)", undefined],
    ["a value that cannot be decoded", "next-auth.state=%E0%A4%A", undefined],
    ["another program's", "JSESSIONID=1; _ga=GA1.1; __prerender_bypass=x", undefined],
    ["names of objects", "__proto__=1; constructor=2; =3; ;", undefined],
    ["our own among others", "a=b; time-zone=America/Sao_Paulo ;c", "time-zone=America/Sao_Paulo"],
    [
      "a session in two pieces",
      "next-auth.session-token.0=a; next-auth.session-token.1=b",
      "next-auth.session-token.0=a; next-auth.session-token.1=b",
    ],
    ["an attempt's", `next-auth.state.${ATTEMPT}=s`, `next-auth.state.${ATTEMPT}=s`],
    ["an attempt's of too long an id", `next-auth.state.${ATTEMPT}0=s`, undefined],
    ["a session of an attempt", `next-auth.session-token.${ATTEMPT}=s`, undefined],
    ["an attempt's junk for an address", `next-auth.callback-url.${ATTEMPT}=junk`, undefined],
    ["one name twice", "time-zone=UTC; time-zone=x", "time-zone=UTC"],
    [
      "our own address",
      `next-auth.callback-url=${encodeURIComponent(`${HTTP}/x`)}`,
      `next-auth.callback-url=${encodeURIComponent(`${HTTP}/x`)}`,
    ],
    [
      "a bad one first",
      "next-auth.callback-url=junk; next-auth.callback-url=http%3A%2F%2F127.0.0.1%3A3000",
      "next-auth.callback-url=http%3A%2F%2F127.0.0.1%3A3000",
    ],
  ])("%s", (_, given, kept) => {
    expect(keep(given, HTTP)).toBe(kept);
  });

  test("hot reload's cookies stay in development", () => {
    const cookie = "__next_hmr_refresh_hash__=1";
    expect([keep(cookie, HTTP), keep(cookie, HTTP, true)]).toEqual([undefined, cookie]);
  });

  test("any input: what is kept is kept again, and nothing throws", () => {
    fc.assert(
      fc.property(fc.string(), fc.constantFrom(HTTP, HTTPS), (given, ownUrl) => {
        const kept = keep(given, ownUrl);
        if (kept !== undefined) expect(keep(kept, ownUrl)).toBe(kept);
      }),
    );
  });
});

test.each([
  ["/numbers", true],
  [`${HTTPS}/x?y`, true],
  ["https://console.example.com.evil.example/", false],
  ["//evil.example/", false],
  ["/\\evil.example", false],
  ["javascript:alert(1)", false],
  ["http://", false],
])("%s is an address of ours: %s", (address, isOwn) => {
  expect(isOwnAddress(address, HTTPS)).toBe(isOwn);
});

test.each([
  ["blanks before a name", `a=b;${" ".repeat(300_000)}x`],
  ["tabs within one", `a${"\t".repeat(300_000)}b`],
  ["blanks around a value", `time-zone=${" ".repeat(300_000)}UTC${" ".repeat(300_000)}x`],
  ["nothing but signs", "=;".repeat(200_000)],
])("a cookie header of %s is read at once", (_, cookie) => {
  const start = performance.now();
  keep(cookie, HTTP);
  expect(performance.now() - start).toBeLessThan(1_000);
});
