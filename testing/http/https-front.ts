import { once } from "node:events";
import { request } from "node:http";
import { createServer } from "node:https";
import type { AddressInfo } from "node:net";
import { makeSelfSigned } from "./self-signed.ts";

/**
 * A proxy as operators put in front of the console: terminates TLS and forwards requests in plain HTTP
 * with `X-Forwarded-For`, `-Proto` and `-Host`. Point it at the console with `passTo`.
 */
export async function startHttpsFront() {
  let upstream = new URL("http://127.0.0.1:1");
  const front = { keepsHost: true };
  const server = createServer(makeSelfSigned(), (incoming, outgoing) => {
    const { host = "" } = incoming.headers;
    const headers = {
      ...incoming.headers,
      host: front.keepsHost ? host : upstream.host,
      "x-forwarded-for": incoming.socket.remoteAddress,
      "x-forwarded-proto": "https",
      "x-forwarded-host": host,
    };
    const { method, url: path } = incoming;
    const passed = request(upstream, { method, path, headers }, (answer) => {
      outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(outgoing);
    });
    passed.on("error", () => outgoing.destroy());
    incoming.pipe(passed);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return Object.assign(front, {
    url: `https://127.0.0.1:${(server.address() as AddressInfo).port}`,
    passTo: (url: string) => {
      upstream = new URL(url);
    },
    close: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    },
  });
}
