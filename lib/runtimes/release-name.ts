import { z } from "zod";
import type { Actor } from "../access/actor.ts";
import { authorize } from "../access/authorize.ts";
import { appendEvents } from "../audit/append-events.ts";
import { reasonSchema } from "../audit/reason.ts";
import { inAuditedTransaction } from "../db/transaction.ts";
import { parseInput } from "../parse-input.ts";
import { getInstance, toInstanceTarget } from "./instance-target.ts";
import { instanceIdSchema } from "./report-schema.ts";

export const releaseNameSchema = z.strictObject({
  instanceId: instanceIdSchema,
  reason: reasonSchema,
});

/**
 * Releases an instance's name, which then belongs to the next token that reports under it. Does nothing if the
 * name is free. Takes `runtime:release`.
 *
 * @throws AppError NOT_FOUND
 */
export async function releaseName(
  actor: Actor,
  input: z.input<typeof releaseNameSchema>,
): Promise<{ changed: boolean }> {
  authorize(actor, "runtime:release", { tried: input.instanceId });
  const { instanceId, reason } = parseInput(releaseNameSchema, input);
  return await inAuditedTransaction(actor, async (tx) => {
    const instance = await getInstance(tx.db, instanceId);
    if (instance.tokenId === null) return { changed: false };
    await tx.db.runtimeInstance.update({ where: { instanceId }, data: { tokenId: null } });
    const change = { before: { isReleased: false }, after: { isReleased: true, instanceId } };
    const target = await toInstanceTarget(tx.db, instance);
    await appendEvents(tx, [{ action: "runtime.released", target, ...change, reason }]);
    return { changed: true };
  });
}
