import { isIP } from "node:net";

/**
 * The address that a request came from. Each of our `hops` proxies has appended the address of its own
 * client to X-Forwarded-For; anybody may have written what is left of those.
 *
 * @param peer the other end of the connection
 * @returns null when there is no valid address
 */
export function toClientAddress({
  peer,
  forwarded,
  hops,
}: {
  peer: string | undefined;
  forwarded: string | undefined;
  hops: number;
}): string | null {
  const chain = forwarded?.split(",") ?? [];
  const claimed = hops === 0 ? undefined : chain[chain.length - hops];
  return toAddress(claimed) ?? toAddress(peer);
}

/** The address without a port, brackets, or the prefix of IPv4 over IPv6. */
function toAddress(text: string | undefined): string | null {
  const bare = text
    ?.trim()
    .replace(/^\[(.+)\](?::\d+)?$/, "$1")
    .replace(/^(\d+(?:\.\d+){3}):\d+$/, "$1")
    .replace(/^::ffff:(?=\d+(?:\.\d+){3}$)/i, "");
  return bare !== undefined && isIP(bare) ? bare : null;
}
