import { logger } from "../../logger.ts";
import { processSlot } from "../../process-slot.ts";

const slot = processSlot<UntrustedProxy>("untrusted-proxy");

/** The first peer that sent X-Forwarded-For while no proxy is trusted. */
export type UntrustedProxy = {
  /** The other end of the connection; null when unknown. */
  address: string | null;
  /** ISO 8601. */
  firstSeenAt: string;
};

/**
 * Remembers, and logs once per process, that a request had an X-Forwarded-For that is ignored. If it came
 * from the operator's proxy, all clients have that proxy's address, in the trail and for the limits.
 */
export function recordUntrustedProxy(address: string | null): void {
  if (slot.value) return;
  slot.value = { address, firstSeenAt: new Date().toISOString() };
  logger().warn(
    { address },
    "A request came with X-Forwarded-For, and TRUSTED_PROXY_HOPS is 0: if a proxy of yours is in front, everybody has its address in the trail and for the limits. Set TRUSTED_PROXY_HOPS to how many there are.",
  );
}

/** The first one since the process started; null when there was none. */
export function findUntrustedProxy(): UntrustedProxy | null {
  return slot.value ?? null;
}
