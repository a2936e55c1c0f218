import { once } from "node:events";
import { createServer, request } from "node:http";
import type { AddressInfo } from "node:net";

/** A proxy in front of a console on this machine that can hold its live streams, as some do: open, and silent. */
export async function startStreamProxy(port: number) {
  let isHeld = false;
  const server = createServer((asked, answer) => {
    const { url, method, headers } = asked;
    const passed = request({ host: "127.0.0.1", port, path: url, method, headers }, (given) => {
      answer.writeHead(given.statusCode ?? 502, given.headers);
      if (!url?.startsWith("/live?")) return given.pipe(answer);
      given.on("data", (chunk) => isHeld || answer.write(chunk));
      return given.on("end", () => answer.end());
    });
    passed.on("error", () => answer.destroy());
    answer.on("close", () => passed.destroy());
    asked.pipe(passed);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    hold: () => {
      isHeld = true;
    },
    release: () => {
      isHeld = false;
    },
    close: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    },
  };
}
