import { describe, expect, test } from "vitest";
import { isForeignWrite, toContentSecurityPolicy, toPageHeaders } from "./page-security.ts";

describe("the content security policy", () => {
  const policy = toContentSecurityPolicy({ nonce: "n0nce", isDevelopment: false });

  test("lets only scripts with this page's nonce run, and what they load", () => {
    expect(policy).toContain("script-src 'nonce-n0nce' 'strict-dynamic';");
    expect(policy).not.toContain("unsafe");
    expect(policy).not.toContain("*");
  });

  test.each([
    "default-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ])("says %s", (directive) => expect(policy.split("; ")).toContain(directive));

  test("is looser in development only, for hot reload", () => {
    const looser = toContentSecurityPolicy({ nonce: "n0nce", isDevelopment: true });
    expect(looser).toContain("ws:");
    // A nonce beside it would disable it.
    expect(looser).toContain("style-src 'self' 'unsafe-inline';");
    expect(policy).not.toContain("ws:");
  });
});

test("HSTS is sent on HTTPS only", () => {
  const headersOn = (ownUrl: string) => toPageHeaders({ policy: "p", ownUrl });
  expect(headersOn("https://console.example.com")).toEqual({
    "content-security-policy": "p",
    "strict-transport-security": "max-age=31536000",
  });
  expect(headersOn("http://127.0.0.1:3000")).toEqual({ "content-security-policy": "p" });
});

const OWN = "https://console.example.com";

describe("a request", () => {
  const isForeign = (method: string, sent: Record<string, string>) => {
    const headers = new Headers({ host: "internal:3000", ...sent });
    return isForeignWrite({ method, headers, ownOrigin: OWN });
  };

  test.each<[string, Record<string, string>]>([
    ["of our own page", { "sec-fetch-site": "same-origin", origin: OWN }],
    ["typed by the person", { "sec-fetch-site": "none" }],
    ["of our own page, in an older browser", { origin: OWN }],
    ["of a page of the very host that was asked", { origin: "http://internal:3000" }],
    ["of no browser", {}],
  ])("that writes, %s, is accepted", (_, sent) => {
    expect(isForeign("POST", sent)).toBe(false);
  });

  test.each<[string, Record<string, string>]>([
    ["of another site's page", { "sec-fetch-site": "cross-site", origin: "https://evil.example" }],
    ["of another host of the domain", { "sec-fetch-site": "same-site", origin: OWN }],
    ["that forges no Sec-Fetch-Site it knows", { "sec-fetch-site": "", origin: OWN }],
    ["of another site's page, in an older browser", { origin: "https://evil.example" }],
    ["of a sandboxed frame", { origin: "null" }],
    ["over plain HTTP to a name like ours", { origin: "http://console.example.com.evil.example" }],
  ])("that writes, %s, is refused", (_, sent) => {
    for (const method of ["POST", "PUT", "PATCH", "DELETE", "PROPFIND"]) {
      expect(isForeign(method, sent)).toBe(true);
    }
  });

  test("that reads is accepted from any site", () => {
    const sent = { "sec-fetch-site": "cross-site", origin: "https://evil.example" };
    for (const method of ["GET", "HEAD", "OPTIONS"]) expect(isForeign(method, sent)).toBe(false);
  });
});
