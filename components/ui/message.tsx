import type { ReactNode } from "react";

/** A state that fills the place of content: what is the matter, and what to do next. */
export function Message({
  title,
  hint,
  level = 1,
  isAlert = false,
  children,
}: {
  title: string;
  hint: string;
  level?: 1 | 2;
  isAlert?: boolean;
  children?: ReactNode;
}) {
  const Heading = level === 1 ? "h1" : "h2";
  return (
    <div
      {...(isAlert ? { role: "alert" } : {})}
      className="mx-auto flex w-full max-w-lg flex-col items-start gap-1 py-16"
    >
      <Heading className="font-semibold">{title}</Heading>
      <p className="text-muted">{hint}</p>
      {children && <div className="flex flex-wrap gap-2 pt-3">{children}</div>}
    </div>
  );
}
