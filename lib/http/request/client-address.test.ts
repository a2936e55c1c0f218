import { expect, test } from "vitest";
import { toClientAddress } from "./client-address.ts";

const peer = "10.0.0.9";

test.each<[number, string | undefined, string]>([
  [0, undefined, peer],
  [0, "192.0.2.1", peer],
  [1, "192.0.2.1", "192.0.2.1"],
  [1, "203.0.113.66, 192.0.2.1", "192.0.2.1"],
  [2, "203.0.113.66, 192.0.2.1, 10.0.0.1", "192.0.2.1"],
  [1, "192.0.2.1:51000", "192.0.2.1"],
  [1, "[2001:db8::1]:51000", "2001:db8::1"],
  [1, "2001:db8::1", "2001:db8::1"],
  [1, "::ffff:192.0.2.1", "192.0.2.1"],
  // A client that did not come through the proxies is the peer.
  [2, "192.0.2.1", peer],
  [1, undefined, peer],
  [1, "unknown", peer],
  [1, "203.0.113.66, not-an-address", peer],
])("behind %i proxies that send %s, the client is %s", (hops, forwarded, address) => {
  expect(toClientAddress({ peer, forwarded, hops })).toBe(address);
});

test("a peer's address is returned in its plain form, and a missing one as null", () => {
  const of = (peer: string | undefined) => toClientAddress({ peer, forwarded: undefined, hops: 0 });
  expect(of("::ffff:127.0.0.1")).toBe("127.0.0.1");
  expect(of(undefined)).toBeNull();
});
