import { type LookupAddress, lookup } from "node:dns";
import { isIP, type LookupFunction } from "node:net";
import { buildConnector } from "undici";
import { isAllowedAddress } from "./webhook-url.ts";

/** A host has an address that webhooks may not be sent to. */
export class RefusedAddressError extends Error {
  override name = "RefusedAddressError";
  readonly code = "ERR_REFUSED_ADDRESS";

  constructor(host: string) {
    super(`${host} has an address that webhooks may not be sent to.`);
  }
}

/** Asks for all addresses of a host, as `dns.lookup` does. */
type LookupAll = (
  hostname: string,
  options: { all: true },
  callback: (error: NodeJS.ErrnoException | null, addresses: LookupAddress[]) => void,
) => void;

/**
 * Connects only to allowed addresses. They are checked when they are looked up for the connection, so that
 * no later answer of the DNS counts; literal ones before, since nobody looks them up; and what the
 * connection leads to, once more.
 *
 * @param options.lookupAll for tests
 */
export function guardedConnector({
  timeoutMs,
  lookupAll = lookup,
}: {
  timeoutMs: number;
  lookupAll?: LookupAll;
}): buildConnector.connector {
  const connect = buildConnector({
    allowH2: false,
    timeout: timeoutMs,
    lookup: guardLookup(lookupAll),
  });
  return (options, callback) => {
    const host = options.hostname.replace(/^\[|\]$/g, "");
    if (isIP(host) !== 0 && !isAllowedAddress(host)) {
      callback(new RefusedAddressError(host), null);
      return;
    }
    connect(options, (...[error, socket]) => {
      if (error) callback(error, null);
      else if (isAllowedAddress(socket.remoteAddress ?? "")) callback(null, socket);
      else {
        socket.destroy();
        callback(new RefusedAddressError(host), null);
      }
    });
  };
}

/** Refuses a host as soon as one of its addresses is not allowed, since any of them may be connected to. */
function guardLookup(lookupAll: LookupAll): LookupFunction {
  return (hostname, options, callback) => {
    lookupAll(hostname, { ...options, all: true }, (error, addresses) => {
      const [first] = addresses ?? [];
      if (error) callback(error, []);
      else if (!first || !addresses.every(({ address }) => isAllowedAddress(address))) {
        callback(new RefusedAddressError(hostname), []);
      } else if (options.all) callback(null, addresses);
      else callback(null, first.address, first.family);
    });
  };
}
