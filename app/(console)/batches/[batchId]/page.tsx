import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { BatchFacts } from "#components/batches/batch-facts.tsx";
import { BatchTable } from "#components/batches/batch-table.tsx";
import { UndoBatchButton } from "#components/batches/undo-batch-button.tsx";
import { LinkButton } from "#components/ui/link-button.tsx";
import { PageHeader } from "#components/ui/page-header.tsx";
import { can } from "#lib/access/authorize.ts";
import { requireActor } from "../../../session.ts";
import { undoBatchAction } from "../actions.ts";
import { requireBatch } from "./require-batch.ts";

type Props = PageProps<"/batches/[batchId]">;

const PAGE_SIZE = 100;

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("batch");
  return { title: t("title") };
}

export default async function BatchPage({ params, searchParams }: Props) {
  const { batchId } = await params;
  const actor = await requireActor(`/batches/${batchId}`);
  const batch = await requireBatch(actor, batchId);
  const t = await getTranslations("batch");
  const { page: asked } = await searchParams;
  const pages = Math.max(1, Math.ceil(batch.changes.length / PAGE_SIZE));
  const page = Math.min(pages, Math.max(1, Math.trunc(Number(asked)) || 1));
  const { turnedOn, madePhoneOnly, movedOn } = batch.counts;
  const left = batch.changes.length - movedOn;
  return (
    <>
      <PageHeader
        title={t(
          madePhoneOnly === 0 ? "headingOn" : turnedOn === 0 ? "headingOff" : "headingBoth",
          { on: turnedOn, off: madePhoneOnly },
        )}
      />
      <div className="flex flex-col gap-4 pt-4">
        <BatchFacts batch={batch} />
        {can(actor, "batch:undo") &&
          (left > 0 ? (
            <UndoBatchButton
              batchId={batchId}
              count={left}
              movedOn={movedOn}
              undo={undoBatchAction.bind(null, actor.id)}
            />
          ) : (
            <p className="text-muted">{t("nothingToUndo")}</p>
          ))}
        <BatchTable changes={batch.changes.slice((page - 1) * PAGE_SIZE, page * PAGE_SIZE)} />
        {pages > 1 && (
          <nav aria-label={t("pages")} className="flex items-center justify-end gap-2">
            <span className="text-muted">{t("page", { page, pages })}</span>
            {page > 1 && (
              <LinkButton href={`/batches/${batchId}?page=${page - 1}`}>{t("previous")}</LinkButton>
            )}
            {page < pages && (
              <LinkButton href={`/batches/${batchId}?page=${page + 1}`}>{t("next")}</LinkButton>
            )}
          </nav>
        )}
      </div>
    </>
  );
}
