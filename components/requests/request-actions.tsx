import { useTranslations } from "next-intl";
import type { RequestEvidence } from "#lib/requests/get-request-evidence.ts";
import { LinkButton } from "../ui/link-button.tsx";
import {
  ApproveButton,
  DeclineButton,
  EditButton,
  type RequestActionSet,
  WithdrawButton,
} from "./request-buttons.tsx";

type Viewer = { id: string; canAsk: boolean; canDecide: boolean; canLift: boolean };

/** What the viewer may do with the request, and why not more. */
export function RequestActions({
  evidence,
  viewer,
  actions,
}: {
  evidence: RequestEvidence;
  viewer: Viewer;
  actions: RequestActionSet;
}) {
  const t = useTranslations("requests");
  const { request, requestedById, editedBy } = evidence;
  const { id: requestId, version, state, reason, ticketUrl, changes, at } = request;
  const isOwn = requestedById === viewer.id;
  const isOpen = state === "open";
  const isLift = request.liftsTwoPeopleOf !== null;
  const isRefused = !["open", "scheduled", "approved"].includes(state);
  const decides = isOpen && viewer.canDecide && !isOwn && (!isLift || viewer.canLift);
  const approves = decides && editedBy?.id !== viewer.id;
  const edits = isOpen && viewer.canAsk && (isOwn || decides);
  const why = findWhy();
  return (
    <section aria-label={t("decide")} className="flex flex-col gap-2">
      <div className="flex flex-wrap gap-2 empty:hidden">
        {approves && (
          <ApproveButton
            requestId={requestId}
            version={version}
            effect={{
              numbers: changes.length,
              turnsOn: changes.some(({ acceptsBsuid }) => acceptsBsuid),
              turnsOff: changes.some(({ acceptsBsuid }) => !acceptsBsuid),
              isLater: at !== null,
              others: request.otherWishes.length,
            }}
            approve={actions.approve}
          />
        )}
        {decides && <DeclineButton requestId={requestId} decline={actions.decline} />}
        {edits && (
          <EditButton request={{ requestId, version, reason, ticketUrl }} edit={actions.edit} />
        )}
        {isOwn && (isOpen || state === "scheduled") && (
          <WithdrawButton requestId={requestId} withdraw={actions.withdraw} />
        )}
        {viewer.canAsk && isRefused && !isLift && <AskAgain evidence={evidence} />}
      </div>
      {why && <p className="text-muted">{why}</p>}
    </section>
  );

  function findWhy(): string | null {
    if (!isOpen || approves) return null;
    if (isOwn) return t("own");
    if (!viewer.canDecide) return t("readOnly");
    return isLift && !viewer.canLift ? t("adminsDecide") : t("lastEditor");
  }
}

/** Leads to the form, filled in with what was asked for and the numbers as they are now. */
function AskAgain({ evidence: { request, numbers } }: { evidence: RequestEvidence }) {
  const t = useTranslations("requests");
  const movedOn = numbers.filter(({ hasMovedOn }) => hasMovedOn).length;
  return (
    <>
      <LinkButton href={`/requests/new?from=${request.id}`}>{t("again")}</LinkButton>
      {movedOn > 0 && movedOn < request.changes.length && (
        <LinkButton href={`/requests/new?from=${request.id}&without=changed`}>
          {t("againWithout", { count: movedOn })}
        </LinkButton>
      )}
    </>
  );
}
