import ipaddr from "ipaddr.js";

/** The global unicast addresses of IPv6 that are given out; the rest of the range is none yet (RFC 4291). */
const GLOBAL_UNICAST = ipaddr.IPv6.parseCIDR("2000::/3");

/** Azure's host answers its machines here, though the address is a public one. */
const AZURE_HOST = "168.63.129.16";

/**
 * Whether an address is one of the public internet: not of this machine, of a private or shared network, of
 * a multicast group or reserved. An IPv4 address inside one of IPv6 has to be public itself, in whichever
 * form.
 */
export function isPublicAddress(text: string): boolean {
  if (!ipaddr.isValid(text)) return false;
  const address = ipaddr.parse(text);
  return address instanceof ipaddr.IPv4 ? isPublicV4(address) : isPublicV6(address);
}

function isPublicV4(address: ipaddr.IPv4): boolean {
  return address.range() === "unicast" && address.toString() !== AZURE_HOST;
}

function isPublicV6(address: ipaddr.IPv6): boolean {
  // A zone names an interface of this machine.
  if (address.zoneId) return false;
  const { isPlain, embedded } = findEmbedded(address);
  if (isPlain && !(address.range() === "unicast" && address.match(GLOBAL_UNICAST))) return false;
  return embedded.every(isPublicV4);
}

/** The IPv4 addresses in one of IPv6; `isPlain` when the IPv6 address itself is one that is routed. */
function findEmbedded(address: ipaddr.IPv6): { isPlain: boolean; embedded: ipaddr.IPv4[] } {
  const { parts } = address;
  const [first = 0, second = 0, third = 0, fourth = 0, fifth = 0, sixth = 0] = parts;
  const last = toV4(parts[6], parts[7]);
  if (first === 0 && second === 0 && third === 0 && fourth === 0) {
    // Mapped (::ffff:a.b.c.d), translated (::ffff:0:a.b.c.d), or the former compatible form (::a.b.c.d).
    const form = `${fifth.toString(16)}:${sixth.toString(16)}`;
    const isKnown = ["0:ffff", "ffff:0", "0:0"].includes(form);
    return { isPlain: !isKnown, embedded: [last] };
  }
  // NAT64 (RFC 6052).
  if (first === 0x64 && second === 0xff9b && (third | fourth | fifth | sixth) === 0) {
    return { isPlain: false, embedded: [last] };
  }
  // 6to4 (RFC 3056).
  if (first === 0x2002) return { isPlain: false, embedded: [toV4(second, third)] };
  // Teredo (RFC 4380): the server, and the client with its bits inverted.
  if (first === 0x2001 && second === 0) {
    const client = toV4(~(parts[6] ?? 0) & 0xffff, ~(parts[7] ?? 0) & 0xffff);
    return { isPlain: false, embedded: [toV4(third, fourth), client] };
  }
  // ISATAP (RFC 5214), in any network.
  const isIsatap = (fifth & 0xfdff) === 0 && sixth === 0x5efe;
  return { isPlain: true, embedded: isIsatap ? [last] : [] };
}

function toV4(high = 0, low = 0): ipaddr.IPv4 {
  return new ipaddr.IPv4([high >> 8, high & 255, low >> 8, low & 255]);
}
