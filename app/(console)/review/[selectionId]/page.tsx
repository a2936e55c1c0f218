import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { ConfirmButton } from "#components/batches/confirm-button.tsx";
import { LeftMixedList } from "#components/batches/left-mixed-list.tsx";
import { ReviewTable } from "#components/batches/review-table.tsx";
import { NextPart, SelectionOutcome } from "#components/batches/selection-outcome.tsx";
import { Notice } from "#components/ui/notice.tsx";
import { PageHeader } from "#components/ui/page-header.tsx";
import { requireActor } from "../../../session.ts";
import { confirmSelectionAction } from "../actions.ts";
import { requireReview } from "./require-review.ts";

type Props = PageProps<"/review/[selectionId]">;

const PAGE_SIZE = 100;

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("review");
  return { title: t("title") };
}

export default async function ReviewPage({ params, searchParams }: Props) {
  const { selectionId } = await params;
  const actor = await requireActor(`/review/${selectionId}`);
  const review = await requireReview(actor, selectionId);
  const { page: asked, problem } = await searchParams;
  const { selection, items, expected, leftMixed } = review;
  const t = await getTranslations("review");
  const pages = Math.max(1, Math.ceil(items.length / PAGE_SIZE));
  const page = Math.min(pages, Math.max(1, Math.trunc(Number(asked)) || 1));
  const isOwn = selection.madeBy.id === actor.id;
  const canChange = isOwn && selection.confirmed === null;
  const form = { action: `/review/${selectionId}/items`, viewerId: actor.id, page };
  return (
    <>
      <PageHeader
        title={t(selection.acceptsBsuid ? "headingOn" : "headingOff", { count: items.length })}
      />
      <p className="py-4 text-muted">
        {t(selection.confirmed ? "leadConfirmed" : "lead", { name: selection.madeBy.name })}{" "}
        {selection.filter !== null &&
          selection.total > items.length &&
          t("part", { part: selection.part, total: selection.total })}
      </p>
      <div className="flex flex-col gap-4">
        {problem !== undefined && (
          <Notice tone="danger" isAlert>
            {t("failed")}
          </Notice>
        )}
        {selection.confirmed && <SelectionOutcome confirmed={selection.confirmed} />}
        {canChange && (
          <ConfirmButton
            selectionId={selectionId}
            acceptsBsuid={selection.acceptsBsuid}
            expected={expected}
            confirm={confirmSelectionAction.bind(null, actor.id)}
          />
        )}
        {canChange && leftMixed.length > 0 && (
          <LeftMixedList accounts={leftMixed} acceptsBsuid={selection.acceptsBsuid} form={form} />
        )}
        {isOwn && selection.confirmed && selection.hasNext && <NextPart form={form} />}
        <ReviewTable
          items={items.slice((page - 1) * PAGE_SIZE, page * PAGE_SIZE)}
          pages={pages}
          form={canChange ? form : null}
          page={page}
          selectionId={selectionId}
          isConfirmed={selection.confirmed !== null}
        />
      </div>
    </>
  );
}
