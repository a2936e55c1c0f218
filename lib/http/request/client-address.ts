import { isIP } from "node:net";

/**
 * The address a request came from. Behind `hops` proxies of ours each has added the address it was
 * asked from to the right of X-Forwarded-For; what stands left of those anybody may have written.
 *
 * @param peer the other end of the connection
 * @returns null when it is no address
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

/** Without a port, brackets, or the prefix of IPv4 seen over IPv6. */
function toAddress(text: string | undefined): string | null {
  const bare = text
    ?.trim()
    .replace(/^\[(.+)\](?::\d+)?$/, "$1")
    .replace(/^(\d+(?:\.\d+){3}):\d+$/, "$1")
    .replace(/^::ffff:(?=\d+(?:\.\d+){3}$)/i, "");
  return bare !== undefined && isIP(bare) ? bare : null;
}
