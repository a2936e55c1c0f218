import { toTokenTarget } from "../access/targets.ts";
import type { AuditTarget } from "../audit/event.ts";
import type { Prisma, RuntimeInstance } from "../db/generated/client.ts";
import { AppError } from "../errors.ts";

/** The target's id when the name belongs to no token. */
const NO_TOKEN = "00000000-0000-0000-0000-000000000000";

/** @throws AppError NOT_FOUND */
export async function getInstance(
  tx: Prisma.TransactionClient,
  instanceId: string,
): Promise<RuntimeInstance> {
  const instance = await tx.runtimeInstance.findUnique({ where: { instanceId } });
  if (instance) return instance;
  throw new AppError("NOT_FOUND", `No runtime of the name ${instanceId} has reported lately.`);
}

/** How the trail names an instance: by the token that its name belongs to. */
export async function toInstanceTarget(
  tx: Prisma.TransactionClient,
  { instanceId, tokenId }: Pick<RuntimeInstance, "instanceId" | "tokenId">,
): Promise<AuditTarget> {
  const token = tokenId === null ? null : await tx.token.findUnique({ where: { id: tokenId } });
  if (!token) return { type: "token", id: NO_TOKEN, display: instanceId };
  const target = toTokenTarget(token);
  return { ...target, display: `${instanceId}, ${target.display}` };
}
