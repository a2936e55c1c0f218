import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { SettingsSection } from "#components/settings/settings-section.tsx";
import { Notice } from "#components/ui/notice.tsx";
import { PageHeader } from "#components/ui/page-header.tsx";
import { readSettings } from "#lib/settings/read-settings.ts";
import { orForbidden } from "../../or-forbidden.ts";
import { requireActor } from "../../session.ts";
import { toSections } from "./setting-lines.ts";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("settings");
  return { title: t("title") };
}

export default async function SettingsPage() {
  const actor = await requireActor("/settings");
  const t = await getTranslations("settings");
  const settings = await orForbidden(readSettings(actor));
  const { untrustedProxy, trailGuardProblems } = settings;
  const sections = await toSections(settings);
  return (
    <>
      <PageHeader title={t("title")} />
      <p className="max-w-3xl py-4 text-muted">{t("lead")}</p>
      {untrustedProxy && (
        <div className="max-w-3xl pb-4">
          <Notice tone="warning">
            {t("untrustedProxy", { address: untrustedProxy.address ?? t("none") })}
          </Notice>
        </div>
      )}
      {trailGuardProblems.length > 0 && (
        <div className="max-w-3xl pb-4">
          <Notice tone="warning">
            <p className="font-semibold">{t("trailUnguarded")}</p>
            {trailGuardProblems.map((problem) => (
              <p key={problem} className="wrap-anywhere">
                {problem}
              </p>
            ))}
          </Notice>
        </div>
      )}
      <div className="grid grid-cols-1 items-start gap-x-10 gap-y-6 lg:grid-cols-2">
        {sections.map(({ title, lines }) => (
          <SettingsSection key={title} title={title} lines={lines} />
        ))}
      </div>
    </>
  );
}
