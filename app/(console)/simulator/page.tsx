import type { Metadata } from "next";
import { NextIntlClientProvider } from "next-intl";
import { getMessages, getTranslations } from "next-intl/server";
import { NuqsAdapter } from "nuqs/adapters/next/app";
import { readPayload } from "#components/simulator/read-payload.ts";
import { Simulator } from "#components/simulator/simulator.tsx";
import { toSimulatorNumber } from "#components/simulator/simulator-number.ts";
import {
  loadSimulatorQuery,
  type SimulatorQuery,
  toSimulatorHref,
} from "#components/simulator/simulator-query.ts";
import { PageHeader } from "#components/ui/page-header.tsx";
import { listNumbersById } from "#lib/numbers/list-numbers-by-id.ts";
import { SAMPLE_PAYLOADS } from "#sdk/rules.ts";
import { requireActor } from "../../session.ts";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("simulator");
  return { title: t("title") };
}

export default async function SimulatorPage({ searchParams }: PageProps<"/simulator">) {
  const query = await loadSimulatorQuery(searchParams);
  const actor = await requireActor(toSimulatorHref(query));
  const ids = toNumberIds(query);
  const numbers = (await listNumbersById(actor, ids)).map(toSimulatorNumber);
  const t = await getTranslations("simulator");
  const { simulator, state } = await getMessages();
  return (
    <>
      <PageHeader title={t("title")} />
      <p className="max-w-prose pt-4">{t("lead")}</p>
      <p className="max-w-prose pb-4 text-meta text-muted">{t("privacy")}</p>
      <NextIntlClientProvider messages={{ simulator, state }}>
        <NuqsAdapter>
          <Simulator initialNumbers={{ ids, numbers }} />
        </NuqsAdapter>
      </NextIntlClientProvider>
    </>
  );
}

/** The numbers that the page's state is about, so that the page comes with their present state. */
function toNumberIds(query: SimulatorQuery): string[] {
  if (query.number !== null) return [query.number];
  const payload = SAMPLE_PAYLOADS.find(({ id }) => id === query.case)?.payload;
  const reading = readPayload(payload ? JSON.stringify(payload) : "", null);
  return reading.kind === "read" ? reading.numberIds : [];
}
