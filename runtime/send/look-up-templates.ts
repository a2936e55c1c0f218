import type { SendOrder, SendParts } from "./prepare-send.ts";

/** A campaign names one template or a few; any further ones are left for Meta to refuse. */
const MAX = 20;

/** Asks Meta for the unknown categories of the templates that are to be sent to a BSUID. Never throws. */
export async function lookUpTemplates(
  orders: readonly SendOrder[],
  { store, graph, authenticationTemplates }: SendParts,
): Promise<void> {
  if (!graph) return;
  const wanted = new Map<string, { name: string; wabaId: string }>();
  for (const { recipient, sender, content } of orders) {
    if (recipient.kind === "phone" || content.kind !== "template") continue;
    const wabaId = store.numbers.findSender(sender)?.wabaId ?? null;
    if (wabaId === null || wanted.size === MAX) continue;
    wanted.set(`${wabaId} ${content.name}`, { name: content.name, wabaId });
  }
  await Promise.all(
    [...wanted.values()].map((template) => authenticationTemplates.lookUp(template, graph)),
  );
}
