import { once } from "node:events";
import { type AddressInfo, connect, createServer, type Socket } from "node:net";
import { Transform } from "node:stream";
import { setTimeout as sleep } from "node:timers/promises";

/** What the network does: nothing special; nothing arrives any more, without a word; no way there. */
type Weather = "fair" | "silent" | "refused";

/** A network between two programs of a test, which can be made to fail. */
export async function startTcpProxy(targetPort: number, port = 0) {
  const links = new Set<Link>();
  let weather: Weather = "fair";
  let delayMs = 0;
  const server = createServer({ allowHalfOpen: true }, (near) => {
    if (weather === "refused") {
      near.resetAndDestroy();
      return;
    }
    const far = connect({ port: targetPort, host: "127.0.0.1", allowHalfOpen: true });
    const link = new Link(near, far, () => delayMs);
    if (weather === "silent") link.silence();
    links.add(link);
    near.once("close", () => links.delete(link));
  });
  server.listen(port, "127.0.0.1");
  await once(server, "listening");
  return {
    port: (server.address() as AddressInfo).port,
    /** New connections are taken, and nothing is carried in either direction. Never ends for open ones. */
    dropSilently: () => {
      weather = "silent";
      for (const link of links) link.silence();
    },
    /** Every packet takes this much longer. */
    delay: (milliseconds: number) => {
      delayMs = milliseconds;
    },
    /** The far end says goodbye on each open connection, and nothing more comes; the near end may go on. */
    halfClose: () => {
      for (const link of links) link.halfClose();
    },
    /** Open connections are reset, new ones too. */
    cut: () => {
      weather = "refused";
      for (const link of links) link.destroy();
    },
    /** New connections are carried again; those that fell silent stay so, as behind a firewall that forgot them. */
    heal: () => {
      weather = "fair";
    },
    close: async () => {
      for (const link of links) link.destroy();
      server.close();
      await once(server, "close");
    },
  };
}

/** One connection through the proxy. */
class Link {
  readonly #near: Socket;
  readonly #far: Socket;

  constructor(near: Socket, far: Socket, delayMs: () => number) {
    this.#near = near;
    this.#far = far;
    for (const socket of [near, far]) socket.on("error", () => this.destroy());
    near.pipe(delayed(delayMs)).pipe(far);
    far.pipe(delayed(delayMs)).pipe(near);
    near.once("close", () => far.destroy());
    far.once("close", () => near.destroy());
  }

  silence(): void {
    for (const socket of [this.#near, this.#far]) {
      socket.unpipe();
      socket.removeAllListeners("close");
      // Read and forgotten, so that a sender's own buffers do not tell it.
      socket.resume();
    }
    this.#near.once("close", () => this.#far.destroy());
  }

  halfClose(): void {
    this.#far.unpipe();
    this.#near.end();
  }

  destroy(): void {
    this.#near.resetAndDestroy();
    this.#far.destroy();
  }
}

function delayed(delayMs: () => number): Transform {
  return new Transform({
    transform: (chunk, _encoding, done) => {
      const wait = delayMs();
      if (wait === 0) done(null, chunk);
      else void sleep(wait).then(() => done(null, chunk));
    },
  });
}
