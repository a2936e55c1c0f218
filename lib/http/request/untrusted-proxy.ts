import { logger } from "../../logger.ts";
import { processSlot } from "../../process-slot.ts";

const slot = processSlot<UntrustedProxy>("untrusted-proxy");

/** Who first said that it asks for somebody else, while no proxy is trusted. */
export type UntrustedProxy = {
  /** The other end of its connection; null when that is not known. */
  address: string | null;
  /** ISO 8601. */
  firstSeenAt: string;
};

/**
 * Remembers, and logs once a process, that a request had an X-Forwarded-For that does not count. When it
 * comes from the operator's proxy, everybody has that proxy's address: in the trail, and for the limits.
 */
export function recordUntrustedProxy(address: string | null): void {
  if (slot.value) return;
  slot.value = { address, firstSeenAt: new Date().toISOString() };
  logger().warn(
    { address },
    "A request came with X-Forwarded-For, and TRUSTED_PROXY_HOPS is 0: if a proxy of yours is in front, everybody has its address in the trail and for the limits. Set TRUSTED_PROXY_HOPS to how many there are.",
  );
}

/** The first one since the process began; null without one. */
export function findUntrustedProxy(): UntrustedProxy | null {
  return slot.value ?? null;
}
