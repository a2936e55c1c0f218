import { Count } from "./count.tsx";
import { type Finding, Late } from "./late.tsx";

/** How many a list has, once it is found; nothing where the link to it is bad. */
export function ListCount({
  finding,
  toWords,
}: {
  finding: Finding<{ total: number } | "bad-link">;
  toWords: (count: number) => string;
}) {
  return (
    <Late finding={finding}>
      {(page) => page !== "bad-link" && <Count value={page.total} words={toWords(page.total)} />}
    </Late>
  );
}
