import type { Actor, Origin } from "../access/actor.ts";
import { db } from "../db/client.ts";
import { processSlot } from "../process-slot.ts";
import {
  authenticateStored,
  findStoredToken,
  recordUse,
  type StoredToken,
  toActor,
} from "./authenticate-token.ts";
import { toTokenSecret } from "./token-secret.ts";

/** How often all remembered tokens are read again, in one query; a revoked one stops working then. */
const REFRESH_MS = 700;
const MAX_REMEMBERED = 5_000;

type Place = Pick<Origin, "ip" | "userAgent">;

type Remembered = {
  token: StoredToken;
  /** Where it was last used from since the last read; null if it was not used since. */
  usedFrom: Place | null;
  ending: AbortController;
};

/**
 * Caches the tokens of recurring callers, so that they are checked without the database. A revoked token, a
 * disabled person or a changed role takes effect within a second. While the database is unavailable the
 * cached tokens stay valid, so that runtimes keep getting flags. Expiry is checked each time.
 */
export class TokenMemory {
  readonly #remembered = new Map<string, Remembered>();
  #timer: NodeJS.Timeout | undefined;
  #refreshing: Promise<void> | undefined;

  /** How many tokens are remembered. */
  get size(): number {
    return this.#remembered.size;
  }

  /**
   * The actor of a remembered token; null if the token is not remembered. Records a refusal.
   *
   * @throws AppError UNAUTHENTICATED
   */
  find(secret: string, origin: Origin): Actor | null {
    const remembered = this.#remembered.get(toTokenSecret(secret).hash);
    return remembered ? use(remembered, authenticateStored(remembered.token, origin)) : null;
  }

  /**
   * Finds the actor of a remembered token by its hash. Records no refusal: if it throws, call `find`.
   *
   * @throws AppError UNAUTHENTICATED
   */
  findByHash(hash: string, origin: Origin): Actor | null {
    const remembered = this.#remembered.get(hash);
    return remembered ? use(remembered, toActor(remembered.token, origin)) : null;
  }

  /**
   * Authenticates a token, and remembers it.
   *
   * @throws AppError UNAUTHENTICATED
   */
  async authenticate(secret: string, origin: Origin): Promise<Actor> {
    const remembered = this.find(secret, origin);
    if (remembered) return remembered;
    const token = await findStoredToken(secret);
    const actor = authenticateStored(token, origin);
    if (token) this.#remember(token, origin);
    return actor;
  }

  /** A signal for long responses that aborts when the token ends; aborted already if it is not remembered. */
  endSignal(secret: string): AbortSignal {
    const remembered = this.#remembered.get(toTokenSecret(secret).hash);
    return remembered?.ending.signal ?? AbortSignal.abort();
  }

  stop(): void {
    clearInterval(this.#timer);
    this.#timer = undefined;
    this.#forget(this.#remembered.keys());
  }

  #remember(token: StoredToken, usedFrom: Place): void {
    if (this.#remembered.size >= MAX_REMEMBERED) this.#forget(this.#remembered.keys());
    this.#remembered.set(token.hash, { token, usedFrom, ending: new AbortController() });
    this.#timer ??= setInterval(() => {
      this.#refreshing ??= this.#refresh()
        .catch(() => {}) // the database is unavailable: cached tokens stay valid
        .finally(() => {
          this.#refreshing = undefined;
        });
    }, REFRESH_MS).unref();
  }

  async #refresh(): Promise<void> {
    const used = [...this.#remembered.values()].flatMap(({ token, usedFrom }) =>
      usedFrom ? [{ token, from: usedFrom }] : [],
    );
    await recordUse(used);
    const rows = await db().token.findMany({
      where: { hash: { in: [...this.#remembered.keys()] } },
      include: { person: true },
    });
    const current = new Map(rows.map((row) => [row.hash, row]));
    for (const [hash, { ending }] of this.#remembered) {
      const token = current.get(hash);
      if (token && isValid(token)) this.#remembered.set(hash, { token, ending, usedFrom: null });
      else this.#forget([hash]);
    }
  }

  #forget(hashes: Iterable<string>): void {
    for (const hash of hashes) {
      this.#remembered.get(hash)?.ending.abort();
      this.#remembered.delete(hash);
    }
  }
}

function use(remembered: Remembered, actor: Actor): Actor {
  remembered.usedFrom = actor.origin;
  return actor;
}

function isValid(token: StoredToken): boolean {
  try {
    toActor(token, NOWHERE);
    return true;
  } catch {
    return false;
  }
}

const NOWHERE: Origin = { requestId: "", channel: "api", ip: null, userAgent: null };

const slot = processSlot<TokenMemory>("token-memory");

/** The process's memory of tokens. */
export function tokenMemory(): TokenMemory {
  slot.value ??= new TokenMemory();
  return slot.value;
}
