import type { ReactNode } from "react";

/** The frame of a list with a row for each thing: its name for screen readers, and its columns. */
export function RowTable({
  caption,
  columns,
  children,
}: {
  caption: string;
  columns: readonly { name: string; style?: string }[];
  /** The rows. */
  children: ReactNode;
}) {
  return (
    <div className="bleed">
      <table className="rows">
        <caption className="sr-only">{caption}</caption>
        <thead>
          <tr>
            {columns.map(({ name, style }) => (
              <th key={name} scope="col" className={style}>
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>{children}</tbody>
      </table>
    </div>
  );
}
