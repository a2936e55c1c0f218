import { GENESIS_HASH, hashEvent, type SignedEvent } from "#lib/audit/event.ts";

export type Draft = Partial<SignedEvent>;

const ZOE = {
  type: "person",
  id: "zoe",
  role: "support",
  identity: { email: "zoe@staff.test", name: "Zoë" },
} as const;

/** A chain of entries with correct hashes: each is a flip by Zoë, with what its draft overrides. */
export function chainDrafts(
  drafts: readonly Draft[],
  { from = 1, prevHash = GENESIS_HASH } = {},
): SignedEvent[] {
  let before = prevHash;
  return drafts.map((draft, index) => {
    const unhashed = {
      seq: from + index,
      id: `00000000-0000-7000-8000-0000000000${String(from + index).padStart(2, "0")}`,
      occurredAt: "2026-01-02T00:00:00.000Z",
      schema: 1 as const,
      action: "number.updated",
      outcome: "success" as const,
      actor: ZOE,
      target: { type: "number", id: "1", display: "1" },
      before: null,
      after: null,
      reason: "Acme asked",
      ticketUrl: null,
      revision: null,
      requestId: "request",
      channel: "ui" as const,
      origin: { ip: "192.0.2.7", userAgent: "Browser" },
      ...draft,
      prevHash: before,
    };
    before = hashEvent(unhashed);
    return { ...unhashed, hash: before };
  });
}
