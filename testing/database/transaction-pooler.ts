import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { type AddressInfo, createServer, type Socket } from "node:net";
import pg from "pg";

/** Settings that a session's previous user may have left behind. */
const LEFT_BEHIND = `SET TimeZone = 'Asia/Kolkata'; SET DateStyle = 'German'; SET array_nulls = off;
  SET standard_conforming_strings = off; SET search_path = pg_catalog; SET lock_timeout = 1`;

const SSL_REQUEST = 80_877_103;
const HEADER_BYTES = 4;
const CODE_BYTES = 4;

/**
 * A pooler that works as PgBouncer's transaction mode does, without PgBouncer: each transaction gets
 * the session that was idle longest, in the state that its last user left it in. It refuses startup
 * options, and signs everybody in as the user of `databaseUrl`.
 */
export async function startTransactionPooler(databaseUrl: string, { sessions = 3 } = {}) {
  const idle = await Promise.all(Array.from({ length: sessions }, () => openSession(databaseUrl)));
  const all = [...idle];
  const waiting: ((session: Socket) => void)[] = [];
  const pool = {
    take: async () => idle.shift() ?? (await new Promise<Socket>((take) => waiting.push(take))),
    giveBack: (session: Socket) => {
      const next = waiting.shift();
      if (next) next(session);
      else idle.push(session);
    },
  };
  const server = createServer((socket) => {
    socket.on("error", () => socket.destroy());
    new Link(socket, pool);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const url = new URL(databaseUrl);
  url.hostname = "127.0.0.1";
  url.port = String((server.address() as AddressInfo).port);
  return {
    url: url.href,
    close: () => {
      for (const session of all) session.destroy();
      server.close();
    },
  };
}

/** Opens a session that pg signs in and then hands over to us. */
async function openSession(databaseUrl: string): Promise<Socket> {
  const client = new pg.Client(databaseUrl);
  client.on("error", () => {});
  await client.connect();
  await client.query(LEFT_BEHIND);
  const stream = client.connection.stream as Socket;
  stream.removeAllListeners("data");
  return stream;
}

type SessionPool = { take: () => Promise<Socket>; giveBack: (session: Socket) => void };

/** A program's connection, and the session that it has during a transaction. */
class Link {
  readonly #client: Socket;
  readonly #pool: SessionPool;
  readonly #fromServer = new Frames({ hasType: true });
  #session: Promise<Socket> | null = null;
  /** How many answers are still to come. */
  #open = 0;
  #sending = Promise.resolve();

  constructor(client: Socket, pool: SessionPool) {
    this.#client = client;
    this.#pool = pool;
    const startup = new Frames({ hasType: false });
    const messages = new Frames({ hasType: true });
    let isStarted = false;
    client.on("data", (bytes: Buffer) => {
      if (isStarted) return this.#send(messages.read(bytes));
      for (const frame of startup.read(bytes)) isStarted ||= this.#start(frame);
    });
  }

  /** @returns whether the program may send queries now */
  #start(frame: Buffer): boolean {
    if (frame.readInt32BE(HEADER_BYTES) === SSL_REQUEST) {
      this.#client.write("N");
      return false;
    }
    const parameters = frame.subarray(HEADER_BYTES + CODE_BYTES).toString();
    if (parameters.includes("\0options\0")) {
      const text = "SFATAL\0C08P01\0Munsupported startup parameter: options\0\0";
      this.#client.end(toFrame("E", Buffer.from(text)));
      return false;
    }
    const ready = toFrame("Z", Buffer.from("I"));
    // The process id is made up.
    const key = toFrame("K", randomBytes(8));
    this.#client.write(Buffer.concat([toFrame("R", Buffer.alloc(4)), key, ready]));
    return true;
  }

  #send(frames: readonly Buffer[]): void {
    for (const frame of frames) {
      const type = String.fromCharCode(frame[0] ?? 0);
      if (type === "X") return void this.#client.end();
      if (type === "Q" || type === "S") this.#open += 1;
      this.#session ??= this.#pool.take().then((session) => this.#listen(session));
      const taken = this.#session;
      this.#sending = this.#sending.then(async () => void (await taken).write(frame));
    }
  }

  #listen(session: Socket): Socket {
    const onData = (bytes: Buffer) => {
      for (const frame of this.#fromServer.read(bytes)) {
        this.#client.write(frame);
        if (frame.toString("latin1", 0, 1) !== "Z") continue;
        this.#open -= 1;
        if (this.#open > 0 || frame.toString("latin1", 5, 6) !== "I") continue;
        session.off("data", onData);
        this.#session = null;
        this.#pool.giveBack(session);
      }
    };
    session.on("data", onData);
    return session;
  }
}

/** Splits a stream of bytes into messages. */
class Frames {
  readonly #typeBytes: number;
  #rest = Buffer.alloc(0);

  constructor({ hasType }: { hasType: boolean }) {
    this.#typeBytes = hasType ? 1 : 0;
  }

  read(bytes: Buffer): Buffer[] {
    this.#rest = Buffer.concat([this.#rest, bytes]);
    const frames: Buffer[] = [];
    while (this.#rest.length >= this.#typeBytes + HEADER_BYTES) {
      const length = this.#typeBytes + this.#rest.readInt32BE(this.#typeBytes);
      if (this.#rest.length < length) break;
      frames.push(this.#rest.subarray(0, length));
      this.#rest = this.#rest.subarray(length);
    }
    return frames;
  }
}

function toFrame(type: string, body: Buffer): Buffer {
  const header = Buffer.alloc(1 + HEADER_BYTES);
  header.write(type);
  header.writeInt32BE(HEADER_BYTES + body.length, 1);
  return Buffer.concat([header, body]);
}
