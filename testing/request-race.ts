import { expect } from "vitest";
import type { PersonActor } from "#lib/access/actor.ts";
import { db } from "#lib/db/client.ts";
import { approveRequest } from "#lib/requests/approve-request.ts";
import { aNumber, aPerson } from "./factories.ts";
import { aRequest } from "./requests.ts";
import { readEvents } from "./trail/read-events.ts";

/** An open request to turn on a number, and who may decide on it. */
export type RequestRace = {
  requestId: string;
  phoneNumberId: string;
  by: PersonActor;
  approver: PersonActor;
};

/** What the trail says of a request that was carried out. */
export const APPROVED = ["request.approved", "flag.enabled"];

/** Asks for a number, one that is new unless it is given. */
export async function aRequestRace(phoneNumberId?: string): Promise<RequestRace> {
  const [by, approver] = [await aPerson("support"), await aPerson("admin")];
  const id = phoneNumberId ?? (await aNumber());
  const { id: requestId } = await aRequest({ by, numbers: [id] });
  return { requestId, phoneNumberId: id, by, approver };
}

export const approve = ({ approver, requestId }: RequestRace) =>
  approveRequest(approver, { requestId, version: 1 });

/** What the trail says of the request and its number after it was asked for. */
export async function readStory({ requestId, phoneNumberId }: RequestRace): Promise<string[]> {
  const events = await readEvents({ targetId: { in: [requestId, phoneNumberId] } });
  return events.map(({ action }) => action).filter((action) => action !== "request.opened");
}

export async function readState({ requestId, phoneNumberId }: RequestRace) {
  const { state } = await db().changeRequest.findUniqueOrThrow({ where: { id: requestId } });
  const { acceptsBsuid } = await db().number.findUniqueOrThrow({ where: { phoneNumberId } });
  return { state, acceptsBsuid };
}

/** Whoever lost was told what happened, in words. */
export function expectOneLoser(
  results: readonly PromiseSettledResult<unknown>[],
  words: RegExp,
): void {
  const lost = results.filter((result) => result.status === "rejected");
  expect(lost).toHaveLength(1);
  expect(lost[0]?.reason).toMatchObject({ message: expect.stringMatching(words) });
}
