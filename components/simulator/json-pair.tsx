import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { diffJson, toJsonLines } from "./diff-json.ts";
import { JsonSide, type SideLine } from "./json-side.tsx";

export type PairSide = {
  title: string;
  /** Beside the title: a mark that this is the one that counts. */
  aside?: ReactNode;
  /** What it comes to, in a sentence. */
  note?: string;
  /** Null: there is none, and `note` says why. */
  value: object | null;
};

/** Two JSON values side by side, or one above the other where it is narrow, with their differences marked. */
export function JsonPair({
  left,
  right,
  areAlike = true,
}: {
  left: PairSide;
  right: PairSide;
  /** Whether they are of one kind, so that their differences mean something. */
  areAlike?: boolean;
}) {
  const t = useTranslations("simulator");
  const lines = areAlike
    ? toLines(left.value, right.value)
    : { left: whole(left.value), right: whole(right.value) };
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
  if (left === null || right === null) return { left: whole(left), right: whole(right) };
  const { rows } = diffJson(left, right);
  const pick = (side: "left" | "right"): SideLine[] =>
    rows.map((row) => ({ text: row[side], differs: row.differs }));
  return { left: pick("left"), right: pick("right") };
}

function whole(value: object | null): SideLine[] {
  return value === null ? [] : toJsonLines(value).map((text) => ({ text, differs: false }));
}
