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

/** Every remembered token is read anew this often, in one query: that is how revoking arrives. */
const REFRESH_MS = 700;
const MOST_REMEMBERED = 5_000;

type Place = Pick<Origin, "ip" | "userAgent">;

type Remembered = {
  token: StoredToken;
  /** From where it was last used since it was read; null: not since then. */
  usedFrom: Place | null;
  ending: AbortController;
};

/**
 * Tokens of callers that come again and again, checked without the database. A revoked token,
 * a disabled person or a changed role counts within a second; without the database what was
 * last known holds, so that runtimes keep getting their flags. Expiry is checked every time.
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
   * The actor of a remembered token; null for one that is not remembered. Whom it does not let
   * in any more is noted for the trail.
   *
   * @throws AppError UNAUTHENTICATED
   */
  find(secret: string, origin: Origin): Actor | null {
    const remembered = this.#remembered.get(toTokenSecret(secret).hash);
    return remembered ? use(remembered, authenticateStored(remembered.token, origin)) : null;
  }

  /**
   * Finds whose token it is for a caller that has the hash already, and asks anew by `find` when it throws.
   *
   * @throws AppError UNAUTHENTICATED
   */
  findByHash(hash: string, origin: Origin): Actor | null {
    const remembered = this.#remembered.get(hash);
    return remembered ? use(remembered, toActor(remembered.token, origin)) : null;
  }

  /**
   * The actor that a token stands for, remembering it.
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

  /** Aborts when the token ends: for answers that take long. Of a token that is not remembered, at once. */
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
    if (this.#remembered.size >= MOST_REMEMBERED) this.#forget(this.#remembered.keys());
    this.#remembered.set(token.hash, { token, usedFrom, ending: new AbortController() });
    this.#timer ??= setInterval(() => {
      this.#refreshing ??= this.#refresh()
        .catch(() => {}) // the database is away: what was last known holds
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

/** The process's one memory of tokens. */
export function tokenMemory(): TokenMemory {
  slot.value ??= new TokenMemory();
  return slot.value;
}
