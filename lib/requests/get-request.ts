import { z } from "zod";
import type { Actor } from "../access/actor.ts";
import { authorize } from "../access/authorize.ts";
import { db } from "../db/client.ts";
import { toPrismaRunner } from "../db/sql-runner.ts";
import { AppError } from "../errors.ts";
import { readOtherWishes } from "../flags/pending/read-other-wishes.ts";
import {
  REQUEST_RECORD_INCLUDE,
  type RequestWithWishes,
  toRequestRecord,
} from "../flags/pending/request-record.ts";
import { parseInput } from "../parse-input.ts";

/**
 * Gets one request, whatever became of it, with what else waits for its numbers. Takes `desk:read`.
 *
 * @throws AppError NOT_FOUND, or INVALID_INPUT for a malformed id
 */
export async function getRequest(actor: Actor, requestId: string): Promise<RequestWithWishes> {
  authorize(actor, "desk:read");
  const id = parseInput(z.uuid("A request's id is a UUID."), requestId);
  const row = await db().changeRequest.findUnique({
    where: { id },
    include: REQUEST_RECORD_INCLUDE,
  });
  if (!row) throw new AppError("NOT_FOUND", "There is no such request.");
  const asked = { phoneNumberIds: row.items.map((item) => item.phoneNumberId), requestId: id };
  const isWaiting = row.endedAt === null;
  const otherWishes = isWaiting ? await readOtherWishes(toPrismaRunner(db()), asked) : [];
  return { ...toRequestRecord(row), otherWishes };
}
