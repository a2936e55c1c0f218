import { once } from "node:events";
import { type AddressInfo, connect, createServer, type Socket } from "node:net";
import { Transform } from "node:stream";
import { setTimeout as sleep } from "node:timers/promises";

/** The state of the network: it works; packets are lost silently; connections are refused. */
type NetworkState = "up" | "silent" | "refused";

/** A network between two programs of a test, which can be made to fail. */
export async function startTcpProxy(targetPort: number, port = 0) {
  const links = new Set<Link>();
  let state: NetworkState = "up";
  let delayMs = 0;
  const server = createServer({ allowHalfOpen: true }, (near) => {
    if (state === "refused") {
      near.resetAndDestroy();
      return;
    }
    const far = connect({ port: targetPort, host: "127.0.0.1", allowHalfOpen: true });
    const link = new Link(near, far, () => delayMs);
    if (state === "silent") link.silence();
    links.add(link);
    near.once("close", () => links.delete(link));
  });
  server.listen(port, "127.0.0.1");
  await once(server, "listening");
  return {
    port: (server.address() as AddressInfo).port,
    /** Accepts new connections and forwards nothing in either direction. For open connections `heal` does not undo it. */
    dropSilently: () => {
      state = "silent";
      for (const link of links) link.silence();
    },
    /** Delays every packet by this much. */
    delay: (milliseconds: number) => {
      delayMs = milliseconds;
    },
    /** Each open connection is ended by the far end, which sends nothing more; the near end may go on sending. */
    halfClose: () => {
      for (const link of links) link.halfClose();
    },
    /** Resets open connections, and new ones as they come. */
    cut: () => {
      state = "refused";
      for (const link of links) link.destroy();
    },
    /** Forwards new connections again. Silent ones stay silent, as behind a firewall that forgot them. */
    heal: () => {
      state = "up";
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
      // Read and dropped, so that the sender does not notice by its full buffers.
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
