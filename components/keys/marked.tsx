import { toParts } from "./to-parts.ts";

/** A text in which what was searched for is bold. */
export function Marked({ text, q }: { text: string; q: string }) {
  return toParts(text, q).map(({ text: part, isMatch }, at) =>
    isMatch ? (
      // biome-ignore lint/suspicious/noArrayIndexKey: the parts of one text do not move
      <b key={at} className="font-semibold">
        {part}
      </b>
    ) : (
      part
    ),
  );
}
