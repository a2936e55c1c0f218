import { useTranslations } from "next-intl";
import type { OffAndOn } from "./decide-entry.ts";
import { diffJson, toJsonLines } from "./diff-json.ts";
import { JsonSide, type SideLine } from "./json-side.tsx";

/** What the business's webhook gets from a phone-only number and from an accepting one, differences marked. */
export function WebhookPair({
  webhooks,
  applies,
  noneText,
}: {
  webhooks: OffAndOn<object | null>;
  /** Which of the two it is here; null while nobody knows. */
  applies: "off" | "on" | null;
  /** Why there is none. */
  noneText: string;
}) {
  const t = useTranslations("simulator");
  const lines = toLines(webhooks);
  return (
    <div className="grid grid-cols-1 gap-2 md:grid-cols-2">
      {(["off", "on"] as const).map((side) => {
        const title = t(`side.${side}`);
        const aside = applies === side && (
          <span className="rounded-full bg-accent-surface px-2 text-xs text-accent-strong">
            {t("applies")}
          </span>
        );
        const value = webhooks[side];
        return value === null ? (
          <NoWebhook key={side} title={title} aside={aside} text={noneText} />
        ) : (
          <JsonSide
            key={side}
            title={title}
            aside={aside}
            sign={side === "on" ? "+" : "−"}
            lines={lines[side]}
            copyName={t("copy", { side: title })}
            value={value}
          />
        );
      })}
    </div>
  );
}

function NoWebhook({
  title,
  aside,
  text,
}: {
  title: string;
  aside: React.ReactNode;
  text: string;
}) {
  return (
    <section className="rounded-control border border-dashed">
      <p className="flex min-h-8 flex-wrap items-center gap-x-2 border-b border-dashed px-2.5">
        <span className="font-medium">{title}</span>
        {aside}
      </p>
      <p className="px-2.5 py-1.5 text-muted">{text}</p>
    </section>
  );
}

function toLines({ off, on }: OffAndOn<object | null>): OffAndOn<SideLine[]> {
  const whole = (value: object | null) =>
    value === null ? [] : toJsonLines(value).map((text) => ({ text, differs: false }));
  if (off === null || on === null) return { off: whole(off), on: whole(on) };
  const { rows } = diffJson(off, on);
  const pick = (side: "off" | "on") =>
    rows.map((row) => ({ text: row[side], differs: row.differs }));
  return { off: pick("off"), on: pick("on") };
}
