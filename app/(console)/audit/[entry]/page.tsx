import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { EntryFacts } from "#components/audit/entry-facts.tsx";
import { EntryIntegrity } from "#components/audit/entry-integrity.tsx";
import { EntryJson } from "#components/audit/entry-json.tsx";
import { EntryNeighbours } from "#components/audit/entry-neighbours.tsx";
import { OneEntry } from "#components/audit/one-entry.tsx";
import { PageHeader } from "#components/ui/page-header.tsx";
import { requireActor } from "../../../session.ts";
import { requireEntry } from "./require-entry.ts";

type Props = PageProps<"/audit/[entry]">;

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { entry: which } = await params;
  const actor = await requireActor(`/audit/${which}`);
  const { event } = await requireEntry(actor, which);
  const t = await getTranslations("entry");
  return { title: t("title", { seq: String(event.seq) }) };
}

export default async function EntryPage({ params }: Props) {
  const { entry: which } = await params;
  const actor = await requireActor(`/audit/${which}`);
  const entry = await requireEntry(actor, which);
  const { event } = entry;
  const t = await getTranslations("entry");
  return (
    <>
      <PageHeader
        title={t("title", { seq: String(event.seq) })}
        back={{ href: "/audit", name: t("back") }}
      />
      <div className="grid pt-4 grid-cols-1 items-start gap-x-10 gap-y-6 lg:grid-cols-[1fr_26rem]">
        <div className="flex min-w-0 flex-col gap-6">
          <OneEntry event={event} />
          <EntryIntegrity faults={entry.faults} />
          <EntryNeighbours entry={entry} />
          <EntryJson entry={entry.signed} />
        </div>
        <EntryFacts event={event} />
      </div>
    </>
  );
}
