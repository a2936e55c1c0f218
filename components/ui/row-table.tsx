import type { ReactNode } from "react";

/** From this width on it is a table; below it each row becomes a block. Tailwind wants whole class names. */
const STYLES = {
  md: {
    table: "block w-full border-y md:table md:table-fixed",
    head: "sr-only md:not-sr-only md:table-header-group",
    headRow: "text-left text-xs text-muted md:h-8",
    body: "block md:table-row-group",
  },
  lg: {
    table: "block w-full border-y lg:table lg:table-fixed",
    head: "sr-only lg:not-sr-only lg:table-header-group",
    headRow: "text-left text-xs text-muted lg:h-8",
    body: "block lg:table-row-group",
  },
} as const;

/** The frame of a list with a row for each thing: its name for screen readers, and its columns. */
export function RowTable({
  caption,
  columns,
  from,
  children,
}: {
  caption: string;
  columns: readonly { name: string; style: string }[];
  from: keyof typeof STYLES;
  /** The rows. */
  children: ReactNode;
}) {
  const style = STYLES[from];
  return (
    <table className={style.table}>
      <caption className="sr-only">{caption}</caption>
      <thead className={style.head}>
        <tr className={style.headRow}>
          {columns.map((column) => (
            <th key={column.name} scope="col" className={`px-2 font-medium ${column.style}`}>
              {column.name}
            </th>
          ))}
        </tr>
      </thead>
      <tbody className={style.body}>{children}</tbody>
    </table>
  );
}
