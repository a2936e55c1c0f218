import { findArchive } from "../audit/archive/find-archive.ts";
import type { Prisma } from "../db/generated/client.ts";
import { AppError } from "../errors.ts";

type Reader = Pick<Prisma.TransactionClient, "auditArchive" | "auditEvent">;

/** The error for a batch of which the trail has no change of a flag. */
export async function toMissingBatch(reader: Reader, batchId: string): Promise<AppError> {
  const other = await reader.auditEvent.findFirst({ where: { batchId }, select: { seq: true } });
  if (other)
    return new AppError("CONFLICT", "This batch changed no flag: there is nothing to undo.");
  const archive = await findArchive(reader);
  const archived = archive
    ? ` Or its entries left the trail into an archive, as all up to entry ${archive.lastSeq} did: ask the operators for its file.`
    : "";
  return new AppError("NOT_FOUND", `There is no such batch.${archived}`);
}
