import type { Prisma } from "../../db/generated/client.ts";
import type { SignedEvent, SignedFields } from "../event.ts";
import type { TrailFault } from "../verify/trail-check.ts";
import { isCommitment } from "./commitment.ts";
import { type Commitments, findCommitments } from "./find-commitments.ts";

/** How many commitments are cached: some 20 MB. */
const MAX_REMEMBERED = 100_000;

/** Checks that each value that entries commit to exists or was erased, and belongs to somebody in the entry. */
export class CommitmentCheck {
  readonly #snapshot: Prisma.TransactionClient;
  /** By commitment, whose value it is; null when unknown. */
  readonly #owners = new Map<string, string | null>();

  constructor(snapshot: Prisma.TransactionClient) {
    this.#snapshot = snapshot;
  }

  /** Takes the next entries; returns the first fault in them. */
  async take(events: readonly SignedEvent[]): Promise<TrailFault | null> {
    const entries = events.map((event) => ({ event, committed: findCommitments(event) }));
    await this.#read(entries.flatMap(({ committed }) => committed.all));
    for (const { event, committed } of entries) {
      const problem = this.#findProblem(event, committed);
      if (problem) return { seq: event.seq, problem };
    }
    return null;
  }

  async #read(commitments: readonly string[]): Promise<void> {
    if (this.#owners.size > MAX_REMEMBERED) this.#owners.clear();
    const unknown = [...new Set(commitments)].filter((commitment) => !this.#owners.has(commitment));
    if (unknown.length === 0) return;
    const rows = await this.#snapshot.privateValue.findMany({
      where: { commitment: { in: unknown } },
      select: { commitment: true, personId: true },
    });
    for (const { commitment, personId } of rows) this.#owners.set(commitment, personId);
  }

  #findProblem(event: SignedEvent, committed: Commitments): string | null {
    const missing = committed.all.find((commitment) => !this.#owners.has(commitment));
    if (missing !== undefined) {
      return `Entry ${event.seq} commits to a value that is not there, and that nobody erased: ${missing}.`;
    }
    return this.#areOwnersRight(event, committed)
      ? null
      : `Entry ${event.seq} commits to a value that is said to be of somebody else.`;
  }

  #areOwnersRight(event: SignedEvent, committed: Commitments): boolean {
    const { actor, target, onBehalfOf } = event;
    const { identity, target: display, origin, onBehalfOf: behalf } = committed;
    const isOf = (commitment: string | null, id: string | undefined) =>
      commitment === null || this.#owners.get(commitment) === id;
    const isOfSomebodyIn = (commitment: string, mayBeUnknown: boolean) => {
      const owner = this.#owners.get(commitment) ?? null;
      return owner === null ? mayBeUnknown : listPossibleIds(event).has(owner);
    };
    return (
      isOf(identity, actor.id) &&
      isOf(display, target.id) &&
      isOf(behalf, onBehalfOf?.id) &&
      (actor.type === "person"
        ? isOf(origin, actor.id)
        : origin === null || isOfSomebodyIn(origin, true)) &&
      [event.before, event.after].every((fields) => this.#areFieldsRight(event, fields))
    );
  }

  /** A value's owner is in another field (`managerId` for `managerEmail`), or is the entry's target. */
  #areFieldsRight(event: SignedEvent, fields: SignedFields | null): boolean {
    const { target, outcome } = event;
    return Object.entries(fields ?? {}).every(([name, value]) => {
      if (!isCommitment(value)) return true;
      const owner = this.#owners.get(value.$private) ?? null;
      if (owner === null) return outcome !== "success";
      const ownerField = fields?.[OWNER_FIELDS[name] ?? ""];
      if (ownerField !== undefined) return owner === ownerField;
      const isTargets = target.type === "person" && outcome === "success";
      return isTargets ? owner === target.id : listPossibleIds(event).has(owner);
    });
  }
}

/** For a field with a personal value, the field with its owner's id. */
const OWNER_FIELDS: { [field: string]: string } = {
  managerEmail: "managerId",
  passwordMadeBy: "passwordMadeById",
};

/** Everything in an entry that may be a person's id. */
function listPossibleIds({ actor, target, onBehalfOf, before, after }: SignedEvent): Set<unknown> {
  return new Set<unknown>([
    actor.id,
    target.id,
    onBehalfOf?.id,
    ...Object.values(before ?? {}),
    ...Object.values(after ?? {}),
  ]);
}
