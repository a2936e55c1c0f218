import type { ReactNode } from "react";

const TONES = {
  danger: "border-red-line bg-red-tint text-red",
  warning: "border-amber-line bg-amber-tint text-amber",
  plain: "border-line bg-canvas text-text",
} as const;

/** A short remark in a quiet box. With `isAlert`, screen readers say it at once. */
export function Notice({
  tone = "plain",
  isAlert = false,
  children,
}: {
  tone?: keyof typeof TONES;
  isAlert?: boolean;
  children: ReactNode;
}) {
  return (
    <div
      {...(isAlert ? { role: "alert" } : {})}
      className={`rounded-control border px-3 py-2 ${TONES[tone]}`}
    >
      {children}
    </div>
  );
}
