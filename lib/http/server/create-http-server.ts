import { createServer, type Server } from "node:http";
import { refuseUnparsed } from "./refuse-unparsed.ts";

/** The address holds a pasted list of thousands of numbers, and Next sends it along once more. */
const MOST_HEADER_BYTES = 1024 * 1024;

/**
 * An HTTP/1.1 server that answers whoever offers another protocol, such as `Upgrade: h2c` of curl and of
 * Java's client, by HTTP/1.1, as they expect. Only hot reload changes it, to a WebSocket; without this
 * Next, which listens for that, cuts everybody off who asks for anything.
 */
export function createHttpServer({ isDevelopment }: { isDevelopment: boolean }): Server {
  const server = createServer({
    maxHeaderSize: MOST_HEADER_BYTES,
    // Asked for by find-request-fault.ts, in words.
    requireHostHeader: false,
    shouldUpgradeCallback: ({ headers }) =>
      isDevelopment && headers.upgrade?.toLowerCase() === "websocket",
  });
  refuseUnparsed(server);
  return server;
}
