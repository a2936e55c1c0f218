import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { OtherWishes } from "#components/requests/other-wishes.tsx";
import { RequestActions } from "#components/requests/request-actions.tsx";
import { RequestFacts } from "#components/requests/request-facts.tsx";
import { RequestHistory } from "#components/requests/request-history.tsx";
import { RequestNumbers } from "#components/requests/request-numbers.tsx";
import { RequestState } from "#components/requests/request-state.tsx";
import { PageHeader } from "#components/ui/page-header.tsx";
import type { PersonActor } from "#lib/access/actor.ts";
import { can } from "#lib/access/authorize.ts";
import type { TrailPage } from "#lib/audit/search/read-audit-page.ts";
import { AppError } from "#lib/errors.ts";
import { listRequestHistory } from "#lib/requests/list-request-history.ts";
import { requireActor } from "../../../session.ts";
import {
  approveRequestAction,
  declineRequestAction,
  editRequestAction,
  withdrawRequestAction,
} from "../actions.ts";
import { requireEvidence } from "./require-evidence.ts";

type Props = PageProps<"/requests/[requestId]">;

const PAGE_SIZE = 20;

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { requestId } = await params;
  const actor = await requireActor(`/requests/${requestId}`);
  return { title: (await requireEvidence(actor, requestId)).display };
}

export default async function RequestPage({ params, searchParams }: Props) {
  const { requestId } = await params;
  const { before } = await searchParams;
  const actor = await requireActor(`/requests/${requestId}`);
  const evidence = await requireEvidence(actor, requestId);
  const cursor = typeof before === "string" ? before : null;
  const history = await findHistory(actor, requestId, cursor);
  const t = await getTranslations("requests");
  const { request, display } = evidence;
  return (
    <>
      <PageHeader
        title={<bdi>{display}</bdi>}
        state={<RequestState state={request.state} />}
        back={{ href: "/requests", name: t("back") }}
      />
      <div className="grid pt-4 grid-cols-1 items-start gap-x-10 gap-y-6 lg:grid-cols-[1fr_22rem]">
        <div className="flex min-w-0 flex-col gap-6">
          <RequestActions
            evidence={evidence}
            viewer={{
              id: actor.id,
              canAsk: can(actor, "request:create"),
              canDecide: can(actor, "request:decide"),
              canLift: can(actor, "account:two-people"),
            }}
            actions={{
              approve: approveRequestAction.bind(null, actor.id),
              decline: declineRequestAction.bind(null, actor.id),
              withdraw: withdrawRequestAction.bind(null, actor.id),
              edit: editRequestAction.bind(null, actor.id),
            }}
          />
          <OtherWishes wishes={evidence.request.otherWishes} />
          <RequestNumbers evidence={evidence} />
          <RequestHistory
            path={`/requests/${request.id}`}
            history={history}
            canReadTrail={can(actor, "audit:read")}
            isOlder={cursor !== null}
          />
        </div>
        <RequestFacts evidence={evidence} />
      </div>
    </>
  );
}

/** A page of the request's history. An invalid cursor in the address shows the not-found page. */
async function findHistory(
  actor: PersonActor,
  requestId: string,
  cursor: string | null,
): Promise<TrailPage> {
  try {
    const page = { limit: PAGE_SIZE, ...(cursor === null ? {} : { cursor }) };
    return await listRequestHistory(actor, requestId, page);
  } catch (error) {
    if (error instanceof AppError && error.code === "INVALID_INPUT") notFound();
    throw error;
  }
}
