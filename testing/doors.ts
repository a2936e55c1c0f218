import type { PersonActor } from "#lib/access/actor.ts";
import { previewPersonUndo } from "#lib/batches/preview-person-undo.ts";
import { undoBatch } from "#lib/batches/undo-batch.ts";
import { undoPerson } from "#lib/batches/undo-person.ts";
import { db } from "#lib/db/client.ts";
import type { Role } from "#lib/db/generated/enums.ts";
import { inAuditedTransaction } from "#lib/db/transaction.ts";
import { forceFlags } from "#lib/flags/force-flags.ts";
import { openRequest } from "#lib/flags/pending/open-request.ts";
import { retireNumber } from "#lib/flags/retire-number.ts";
import { setFlag } from "#lib/flags/set-flag.ts";
import { getNumber } from "#lib/numbers/get-number.ts";
import { approveRequest } from "#lib/requests/approve-request.ts";
import { importRoster } from "#lib/roster/import-roster.ts";
import { runDueSchedules } from "#lib/schedules/run-due-schedules.ts";
import { confirmSelection } from "#lib/selections/confirm-selection.ts";
import { createSelection } from "#lib/selections/create-selection.ts";
import { readReview } from "#lib/selections/read-review.ts";
import { aPerson, aSchedule, aSystem } from "./factories.ts";
import { anApiToken } from "./http/api-token.ts";
import { callApi } from "./http/call-api.ts";
import { anEntry, toSource } from "./roster.ts";

const reason = "Acme asked for it in writing";

/** A number that is on, of an account of its own, to be made phone-only: what every door can do. */
export type Situation = {
  phoneNumberId: string;
  /** The version that the actor saw. */
  seen: number;
  role: Role;
  /** Who turned it on, and the batch in which they did. */
  turnedOnBy: PersonActor;
  batchId: string;
};

/** Makes the number phone-only through one door; returns what came of it. */
export type Door = (situation: Situation) => Promise<"done" | "request" | "unchanged">;

export const off = (phoneNumberId: string) => ({ phoneNumberId, acceptsBsuid: false });
const toOutcome = (result: { changed: boolean | unknown[]; request: unknown }) => {
  if (result.request) return "request";
  const { changed } = result;
  return (Array.isArray(changed) ? changed.length > 0 : changed) ? "done" : "unchanged";
};
/** What only an admin may, is done as one where the situation is not about that. */
const asAdmin = (role: Role) => aPerson(role === "support" ? "admin" : role);

/** Sends it with a personal token; the API's refusals as errors. */
async function send(
  call: `${"PUT" | "POST"} /api/v1/${string}`,
  { role }: Situation,
  { body, headers = {} }: { body: object; headers?: Record<string, string> },
) {
  const answer = await callApi(call, { token: await anApiToken(role), body, headers });
  if (answer.status === 202) return "request" as const;
  const { code, errors } = answer.body as { code?: string; errors?: unknown };
  if (answer.status >= 400) throw Object.assign(new Error(String(code)), { code, errors });
  return toOutcome({ ...(answer.body as { changed: boolean | unknown[] }), request: null });
}

export const DOORS: Readonly<Record<string, Door>> = {
  page: async ({ phoneNumberId, seen, role }) => {
    const change = { ...off(phoneNumberId), expectedVersion: seen, reason };
    return toOutcome(await setFlag(await aPerson(role), change));
  },
  "PUT flag": async (situation) =>
    await send(`PUT /api/v1/numbers/${situation.phoneNumberId}/flag`, situation, {
      body: { acceptsBsuid: false, reason },
      headers: { "if-match": `"v${situation.seen}"` },
    }),
  "PUT flag, strictly": async (situation) =>
    await send(`PUT /api/v1/numbers/${situation.phoneNumberId}/flag`, situation, {
      body: { acceptsBsuid: false, reason },
      headers: { "if-match": `"v${situation.seen}"`, prefer: "handling=strict" },
    }),
  "flag-changes": async (situation) =>
    await send("POST /api/v1/flag-changes", situation, {
      body: {
        changes: [{ ...off(situation.phoneNumberId), expectedVersion: situation.seen }],
        reason,
      },
    }),
  "break-glass": async ({ phoneNumberId, seen, role }) => {
    const changes = [{ ...off(phoneNumberId), expectedVersion: seen }];
    const forced = await forceFlags(await asAdmin(role), { changes, reason, forceReason: reason });
    return toOutcome({ ...forced, request: null });
  },
  approval: async ({ phoneNumberId, seen, role }) => {
    const asker = await aPerson("support");
    const number = { ...(await getNumber(asker, phoneNumberId)), flagVersion: seen };
    const wish = { targets: [{ number, acceptsBsuid: false }], reason };
    const request = await inAuditedTransaction(asker, (tx) => openRequest(tx, wish));
    const approving = { requestId: request.id, version: 1 };
    return (await approveRequest(await aPerson(role), approving)).state === "approved"
      ? "done"
      : "request";
  },
  schedule: async ({ phoneNumberId, seen, role }) => {
    const { id: authorId } = await aPerson(role);
    const change = { phoneNumberId, flagVersion: seen, acceptsBsuid: false };
    const id = await aSchedule({ authorId, ...change, at: new Date(Date.now() - 1_000) });
    await runDueSchedules(aSystem("schedule:run"));
    const { state, failureCode } = await db().schedule.findUniqueOrThrow({ where: { id } });
    if (state === "done") return "done";
    throw Object.assign(new Error(state), { code: failureCode });
  },
  "bulk selection": async ({ phoneNumberId, seen, role }) => {
    const actor = await aPerson(role);
    const selected = { acceptsBsuid: false, phoneNumberIds: [phoneNumberId] };
    const { id: selectionId } = await createSelection(actor, selected);
    await db().selectionItem.updateMany({ where: { selectionId }, data: { flagVersion: seen } });
    const { expected } = await readReview(actor, selectionId);
    const made = await confirmSelection(actor, { selectionId, reason, expected });
    return toOutcome({ changed: made.batchId !== null, request: made.requestId });
  },
  "undo of a batch, by page": async ({ batchId, role }) =>
    toOutcome(await undoBatch(await aPerson(role), { batchId, reason })),
  "undo of a batch, by API": async (situation) =>
    await send(`POST /api/v1/batches/${situation.batchId}/undo`, situation, { body: { reason } }),
  "undo of a person": async ({ turnedOnBy, role }) => {
    const actor = await asAdmin(role);
    const stretch = { personId: turnedOnBy.id, since: new Date(0).toISOString() };
    const { changes, needApproval } = await previewPersonUndo(actor, stretch);
    const expected = { changes: changes.length, requests: needApproval.length };
    return toOutcome(await undoPerson(actor, { ...stretch, expected, reason }));
  },
  "retire, by page": async ({ phoneNumberId, role }) => {
    const { changed } = await retireNumber(await aPerson(role), { phoneNumberId, reason });
    return changed ? "done" : "unchanged";
  },
  "retire, by API": async (situation) =>
    await send(`PUT /api/v1/numbers/${situation.phoneNumberId}/retired`, situation, {
      body: { reason },
    }),
  "roster move": async ({ phoneNumberId, role }) => {
    const { displayPhoneNumber, label, wabaId, account } = await db().number.findUniqueOrThrow({
      where: { phoneNumberId },
      include: { account: true },
    });
    const entry = { ...anEntry(), phoneNumberId, displayPhoneNumber, label, wabaId };
    const owner = { accountExternalId: account.externalId, accountName: account.name };
    const actor = role === "support" ? aSystem("roster:write") : await aPerson(role);
    const moved = { ...entry, ...owner, portfolioId: "900000000000777" };
    await importRoster(actor, toSource([moved]));
    return "done";
  },
};
