import { useTranslations } from "next-intl";
import type { NoticeSetting } from "#lib/notices/list-notice-settings.ts";
import { NoticeSwitch, type SetMuted } from "./notice-switch.tsx";

/** The kinds of notice that the person's role is told of, with a box each where it can be switched off. */
export function NoticeSettings({
  settings,
  setMuted,
}: {
  settings: readonly NoticeSetting[];
  setMuted: SetMuted;
}) {
  const t = useTranslations("notices");
  return (
    <section aria-labelledby="notices">
      <h2 id="notices" className="flex min-h-8 items-center pb-1 font-semibold">
        {t("settings")}
      </h2>
      <ul className="border-t">
        {settings.map(({ kind, isMuted, canMute }) => (
          <li key={kind} className="border-b py-1">
            {canMute ? (
              <NoticeSwitch kind={kind} isMuted={isMuted} setMuted={setMuted}>
                {t(`kind.${kind}`)}
              </NoticeSwitch>
            ) : (
              <p className="flex min-h-8 flex-wrap items-center gap-x-2">
                {t(`kind.${kind}`)} <span className="text-muted">{t("always")}</span>
              </p>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}
