import { isIP } from "node:net";
import fc from "fast-check";
import ipaddr from "ipaddr.js";
import { beforeAll, expect, test, vi } from "vitest";
import { HOSTILE_HOSTS } from "#testing/hostile-hosts.ts";
import { isPublicAddress } from "./is-public-address.ts";
import { readWebhookUrl, toShownUrl } from "./webhook-url.ts";

const OWN = {
  DATABASE_URL: "postgresql://console@127.0.0.1/console",
  NEXTAUTH_SECRET: "the secret of sessions, which is long enough",
};

beforeAll(() => {
  for (const [name, value] of Object.entries(OWN)) vi.stubEnv(name, value);
});

/** The module as it is in a console with these settings. */
async function withSettings(settings: Record<string, string>) {
  vi.resetModules();
  for (const [name, value] of Object.entries(settings)) vi.stubEnv(name, value);
  const module = await import("./webhook-url.ts");
  const read = (url: string) => module.readWebhookUrl(url);
  return { ...module, read };
}

const hosts = Object.entries(HOSTILE_HOSTS).flatMap(([trick, list]) =>
  list.map((host) => [trick, host] as const),
);

test.each(hosts)("an address %s is refused: %s", (_, host) => {
  const refusal = readWebhookUrl(`https://${host}/hook`);
  expect(refusal).toEqual(expect.any(String));
  const parsed = URL.parse(`https://${host}/`)?.hostname.replace(/^\[|\]$/g, "");
  // What is a URL at all is refused as an address, not by chance.
  if (parsed !== undefined)
    expect([isIP(parsed) !== 0, isPublicAddress(parsed)]).toEqual([true, false]);
});

test.each([
  ["without a scheme", "hooks.example.com/x"],
  ["of another scheme", "http://hooks.example.com"],
  ["of another scheme", "ftp://hooks.example.com"],
  ["of another scheme", "file:///etc/passwd"],
  ["of another scheme", "gopher://127.0.0.1:6379/_x"],
  ["of another scheme", "javascript:alert(1)"],
  ["with a user name", "https://user@hooks.example.com"],
  ["with a password", "https://:pw@hooks.example.com"],
  ["with the host as the user", "https://hooks.example.com@127.0.0.1/"],
  ["with the host as the user", "https://hooks.example.com%40127.0.0.1@10.0.0.1/"],
  ["with a backslash before the host", "https:\\\\127.0.0.1\\x"],
  ["with a backslash after the user", "https://127.0.0.1\\@hooks.example.com"],
  ["with a tab in the host", "https://127.0.\t0.1/"],
  ["with a line break in the host", "https://127.0.\n0.1/"],
  ["with spaces around", "  https://127.0.0.1/  "],
  ["of another port", "https://hooks.example.com:22/"],
  ["of another port", "https://hooks.example.com:8443/"],
  ["of a port out of range", "https://hooks.example.com:65536/"],
  ["with a zone", "https://[fe80::1%25eth0]/"],
  ["with a zone", "https://[fe80::1%eth0]/"],
  ["with a bracket that is open", "https://[::1/"],
  ["without a host", "https://"],
  ["of a number too large", "https://4294967296/"],
  ["with a part too large", "https://127.0.0.256/"],
  ["with too many parts", "https://127.0.0.0.1/"],
  ["with a space in the host", "https://127.0.0.1 .example.com/"],
  ["with a null character", "https://127.0.0.1%00.example.com/"],
  ["that is empty", ""],
])("an address %s is refused: %j", (_, url) => {
  expect(readWebhookUrl(url)).toEqual(expect.any(String));
});

test.each([
  ["https://hooks.example.com", "https://hooks.example.com/"],
  ["https://Hooks.Example.COM:443/a?b=c#d", "https://hooks.example.com/a?b=c"],
  ["https://hooks.example.com./", "https://hooks.example.com./"],
  ["https:///x.example", "https://x.example/"],
  ["https://bücher.example/", "https://xn--bcher-kva.example/"],
  ["https://8.8.8.8/", "https://8.8.8.8/"],
  ["https://[2606:4700:4700::1111]/", "https://[2606:4700:4700::1111]/"],
  // Behind DNS64, every host that has an IPv4 address alone is reached like this.
  ["https://[64:ff9b::8.8.8.8]/", "https://[64:ff9b::808:808]/"],
  ["https://[::ffff:8.8.8.8]/", "https://[::ffff:808:808]/"],
  ["https://[2002:808:808::1]/", "https://[2002:808:808::1]/"],
])("%s is taken as %s", (given, taken) => {
  expect(String(readWebhookUrl(given))).toBe(taken);
});

test("an IPv4 address is public in each of its forms, or in none", () => {
  const octet = fc.integer({ min: 0, max: 255 });
  fc.assert(
    fc.property(fc.tuple(octet, octet, octet, octet), (octets) => {
      const dotted = octets.join(".");
      const [high, low] = [(octets[0] << 8) | octets[1], (octets[2] << 8) | octets[3]];
      const hex = `${high.toString(16)}:${low.toString(16)}`;
      const isPublic = isPublicAddress(dotted);
      expect(isPublic && ipaddr.parse(dotted).range() !== "unicast").toBe(false);
      for (const form of [
        `::ffff:${hex}`,
        `::ffff:0:${hex}`,
        `::${hex}`,
        `64:ff9b::${hex}`,
        `2002:${hex}::1`,
        `2607:f8b0::5efe:${hex}`,
      ]) {
        expect([form, isPublicAddress(form)]).toEqual([form, isPublic]);
      }
    }),
    { numRuns: 2_000 },
  );
});

test.each(["", "localhost", "8.8.8.8/32", "0x08.8.8.8.8", "8.8.8.8 ", "fe80::1%eth0"])(
  "what is no complete address is not a public one: %j",
  (text) => {
    expect(isPublicAddress(text)).toBe(false);
  },
);

test("a configured port is allowed, and then 443 is not unless it is listed", async () => {
  const { read } = await withSettings({ WEBHOOK_PORTS: "8443" });
  expect(read("https://hooks.example.com:8443/")).toBeInstanceOf(URL);
  expect(read("https://hooks.example.com/")).toContain("Port 443");
});

test("with a list of hosts, no other is allowed", async () => {
  const settings = { WEBHOOK_PORTS: "443", WEBHOOK_HOSTS: "hooks.example.com, .partner.example" };
  const { read } = await withSettings(settings);
  for (const host of ["hooks.example.com", "HOOKS.example.com.", "a.partner.example"]) {
    expect(read(`https://${host}/`)).toBeInstanceOf(URL);
  }
  for (const host of [
    "example.com",
    "hooks.example.com.evil.example",
    "evilhooks.example.com",
    "a.hooks.example.com",
    "partner.example",
    "evilpartner.example",
    "8.8.8.8",
  ]) {
    expect(read(`https://${host}/`)).toContain("WEBHOOK_HOSTS");
  }
});

test("an allowed network is allowed in each form of its addresses, and no other is", async () => {
  const { isAllowedAddress } = await withSettings({
    WEBHOOK_HOSTS: "",
    WEBHOOK_PRIVATE_NETWORKS: "10.20.0.0/16, fd00:1::/32",
  });
  for (const address of [
    "10.20.0.1",
    "10.20.255.255",
    "::ffff:10.20.0.1",
    "fd00:1::5",
    "8.8.8.8",
  ]) {
    expect([address, isAllowedAddress(address)]).toEqual([address, true]);
  }
  for (const address of ["10.21.0.1", "127.0.0.1", "fd00:2::5", "64:ff9b::10.20.0.1", "::1", ""]) {
    expect([address, isAllowedAddress(address)]).toEqual([address, false]);
  }
});

test("people are shown an address without its query", () => {
  expect(toShownUrl("https://a.example/b?key=1")).toBe("https://a.example/b?…");
  expect(toShownUrl("https://a.example:8443/b")).toBe("https://a.example:8443/b");
});
