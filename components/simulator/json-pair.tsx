import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { diffJson, toJsonLines } from "./diff-json.ts";
import { JsonSide, type SideLine } from "./json-side.tsx";

export type PairSide = {
  title: string;
  /** Shown beside the title, such as a mark on the side that applies. */
  aside?: ReactNode;
  /** The result, in a sentence. */
  note?: string;
  /** Null when there is none; `note` says why. */
  value: object | null;
};

/**
 * Two JSON values side by side, or one above the other on narrow screens, with their differences marked.
 */
export function JsonPair({
  left,
  right,
  areAlike = true,
}: {
  left: PairSide;
  right: PairSide;
  /** Whether they are of the same kind, so that differences mean something. */
  areAlike?: boolean;
}) {
  const t = useTranslations("simulator");
  const lines = areAlike
    ? toLines(left.value, right.value)
    : { left: toSideLines(left.value), right: toSideLines(right.value) };
  return (
    <div className="grid grid-cols-1 gap-2 md:grid-cols-2">
      <JsonSide {...left} sign="−" lines={lines.left} copyName={t("copy", { side: left.title })} />
      <JsonSide
        {...right}
        sign="+"
        lines={lines.right}
        copyName={t("copy", { side: right.title })}
      />
    </div>
  );
}

function toLines(left: object | null, right: object | null) {
  if (left === null || right === null)
    return { left: toSideLines(left), right: toSideLines(right) };
  const { rows } = diffJson(left, right);
  const pick = (side: "left" | "right"): SideLine[] =>
    rows.map((row) => ({ text: row[side], differs: row.differs }));
  return { left: pick("left"), right: pick("right") };
}

function toSideLines(value: object | null): SideLine[] {
  return value === null ? [] : toJsonLines(value).map((text) => ({ text, differs: false }));
}
