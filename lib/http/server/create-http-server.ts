import { createServer, type Server } from "node:http";
import { refuseUnparsed } from "./refuse-unparsed.ts";

/** The address may contain a pasted list of thousands of numbers, and Next sends it a second time. */
const MAX_HEADER_BYTES = 1024 * 1024;

/**
 * An HTTP/1.1 server that ignores offers of another protocol, such as `Upgrade: h2c` from curl and Java's
 * client, and answers by HTTP/1.1, as they expect. Only hot reload upgrades, to a WebSocket. Without this
 * Next, which listens for upgrades, drops every connection that offers one.
 */
export function createHttpServer({ isDevelopment }: { isDevelopment: boolean }): Server {
  const server = createServer({
    maxHeaderSize: MAX_HEADER_BYTES,
    // find-request-fault.ts requires it, with an error in words.
    requireHostHeader: false,
    shouldUpgradeCallback: ({ headers }) =>
      isDevelopment && headers.upgrade?.toLowerCase() === "websocket",
  });
  refuseUnparsed(server);
  return server;
}
