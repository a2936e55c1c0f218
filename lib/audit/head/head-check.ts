import type { Prisma } from "../../db/generated/client.ts";
import type { PublicKey } from "../../ed25519.ts";
import type { ChainEnd, TrailFault } from "../verify/trail-check.ts";
import { findHeadProblem } from "./find-head-problem.ts";
import type { SignedHead } from "./signed-head.ts";
import { toSignedHead } from "./stored-head.ts";

type Keys = ReadonlyMap<string, PublicKey>;

/** Compares stored heads with their entries, in the trail's order. */
export class HeadCheck {
  last: SignedHead | null = null;
  count = 0;
  readonly #snapshot: Prisma.TransactionClient;
  readonly #keys: Keys;
  /** The entry of the next head, as far as known: most parts of the trail have none and need no query. */
  #nextSeq = 0;

  constructor(snapshot: Prisma.TransactionClient, keys: Keys) {
    this.#snapshot = snapshot;
    this.#keys = keys;
  }

  /** Checks the heads of these entries, which follow entry `after`. */
  async take(part: {
    after: number;
    events: readonly Pick<ChainEnd, "seq" | "hash">[];
  }): Promise<TrailFault | null> {
    const last = part.events.at(-1)?.seq ?? part.after;
    if (last < this.#nextSeq) return null;
    const hashes = new Map(part.events.map(({ seq, hash }) => [seq, hash]));
    const heads = await this.#read({ gt: part.after, lte: last });
    for (const head of heads) {
      const hash = hashes.get(head.seq) ?? "";
      const problem = findHeadProblem(head, { hash, keys: this.#keys });
      if (problem) return { seq: head.seq, problem };
      this.last = head;
      this.count += 1;
    }
    this.#nextSeq = await this.#findNextSeq(last);
    return null;
  }

  /** The fault when a head is of an entry beyond the trail's end. */
  async findBeyond(end: number): Promise<TrailFault | null> {
    const [head] = await this.#read({ gt: end });
    if (!head) return null;
    const problem = `Entry ${end + 1} is missing: entry ${head.seq} was signed on ${head.signedAt}, and the trail ends at ${end}.`;
    return { seq: end + 1, problem };
  }

  async #findNextSeq(seq: number): Promise<number> {
    const { _min } = await this.#snapshot.auditHead.aggregate({
      where: { seq: { gt: seq } },
      _min: { seq: true },
    });
    return Number(_min.seq ?? Number.POSITIVE_INFINITY);
  }

  async #read(seq: { gt: number; lte?: number }): Promise<SignedHead[]> {
    const orderBy = [{ seq: "asc" }, { signedAt: "asc" }, { place: "asc" }] as const;
    const rows = await this.#snapshot.auditHead.findMany({ where: { seq }, orderBy: [...orderBy] });
    return rows.map(toSignedHead);
  }
}
