import Link from "next/link";
import { useTranslations } from "next-intl";
import type { BatchRecord } from "#lib/batches/get-batch.ts";
import { Fact } from "../fact.tsx";
import { Moment } from "../moment.tsx";
import { LiveProgress } from "./live-progress.tsx";

/** Who made a batch, when and why, how far it is live, and what undid it. */
export function BatchFacts({ batch }: { batch: BatchRecord }) {
  const t = useTranslations("batch");
  const channel = useTranslations("history");
  const { live, by, onBehalfOf } = batch;
  const behalf = onBehalfOf?.name;
  return (
    <dl className="max-w-2xl border-b">
      <Fact name={t("by")}>
        <bdi>{by.name ?? by.id}</bdi>
      </Fact>
      {typeof behalf === "string" && (
        <Fact name={t("askedBy")}>
          <bdi>{behalf}</bdi>
        </Fact>
      )}
      <Fact name={t("at")}>
        <Moment at={batch.at} isExact />
      </Fact>
      <Fact name={t("through")}>{channel(`channel.${batch.channel}`)}</Fact>
      {batch.reason !== null && (
        <Fact name={t("reason")}>
          <bdi>{batch.reason}</bdi>
        </Fact>
      )}
      {batch.ticketUrl !== null && (
        <Fact name={t("ticket")}>
          <a href={batch.ticketUrl} rel="noreferrer" target="_blank" className="underline">
            {batch.ticketUrl}
          </a>
        </Fact>
      )}
      <Fact name={t("progress")}>
        <LiveProgress
          revision={batch.changes.at(-1)?.revision ?? 0}
          saved={t("saved")}
          initial={t("live", { live: live.live, total: live.total })}
        />
      </Fact>
      {batch.counts.movedOn > 0 && (
        <Fact name={t("movedOn")}>{t("movedOnCount", { count: batch.counts.movedOn })}</Fact>
      )}
      {batch.undoes !== null && (
        <Fact name={t("undoes")}>
          <Link href={`/batches/${batch.undoes}`} prefetch={false} className="underline">
            {t("otherBatch")}
          </Link>
        </Fact>
      )}
      {batch.undoneBy.map((undo) => (
        <Fact key={undo.batchId} name={t("undone")}>
          <Link href={`/batches/${undo.batchId}`} prefetch={false} className="underline">
            {t("undoneBy", { name: undo.by.name ?? "–" })}
          </Link>
        </Fact>
      ))}
    </dl>
  );
}
