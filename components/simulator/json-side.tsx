import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { CopyButton } from "../ui/copy-button.tsx";
import { Check, Copy } from "../ui/icons.tsx";

export type SideLine = {
  /** Null for a gap, so that equal lines stand side by side. */
  text: string | null;
  differs: boolean;
};

const MAX_LINES = 200;

/** One of two JSON texts side by side; lines that differ are marked by a sign and a word. */
export function JsonSide({
  title,
  aside,
  note,
  sign,
  lines,
  copyName,
  value,
}: {
  title: string;
  aside?: ReactNode;
  note?: string;
  /** Marks a line that differs. */
  sign: "+" | "−";
  lines: readonly SideLine[];
  copyName: string;
  /** The complete value, to copy; null when there is none. */
  value: object | null;
}) {
  const t = useTranslations("simulator");
  const shown = lines.slice(0, MAX_LINES);
  const hidden = lines.slice(MAX_LINES).filter(({ text }) => text !== null).length;
  return (
    <figure
      className={`min-w-0 rounded-control border ${value === null ? "border-dashed" : "bg-canvas"}`}
    >
      <figcaption className="flex min-h-8 items-center justify-between gap-2 border-b px-2.5">
        <span className="flex flex-wrap items-center gap-x-2">
          <span className="font-medium">{title}</span>
          {aside}
        </span>
        {value !== null && (
          <CopyButton
            value={toCopy(value)}
            name={copyName}
            doneName={t("copied")}
            icon={<Copy aria-hidden className="size-3.5" />}
            doneIcon={<Check aria-hidden className="size-3.5" />}
          />
        )}
      </figcaption>
      {note && <p className="px-2.5 py-1.5 text-muted">{note}</p>}
      {shown.length > 0 && (
        <pre className="py-1.5 font-mono text-meta leading-5 whitespace-pre-wrap wrap-anywhere">
          {shown.map((line, at) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: lines do not move
            <Line key={at} line={line} sign={sign} differs={t("differs")} />
          ))}
        </pre>
      )}
      {hidden > 0 && (
        <p className="border-t px-2.5 py-1 text-meta text-muted">{t("cut", { count: hidden })}</p>
      )}
    </figure>
  );
}

function Line({ line, sign, differs }: { line: SideLine; sign: string; differs: string }) {
  if (line.text === null) {
    return (
      <span aria-hidden className="hidden md:block">
        {" "}
      </span>
    );
  }
  return (
    <span className={`block pr-2 pl-6 -indent-4 ${line.differs ? "bg-amber-tint" : ""}`}>
      <span aria-hidden className="inline-block w-4 indent-0 text-amber select-none">
        {line.differs ? sign : ""}
      </span>
      {line.differs && <span className="sr-only select-none">{differs}</span>}
      {line.text}
    </span>
  );
}

/** Returns an empty text for a value that is too deep to write, which must not break the page. */
function toCopy(value: object): string {
  try {
    return JSON.stringify(value, null, 2);
  } catch {
    return "";
  }
}
