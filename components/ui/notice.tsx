import type { ReactNode } from "react";

const TONES = {
  danger: "border-danger bg-danger-surface text-danger",
  warning: "border-warning bg-warning-surface text-warning",
  plain: "border-border bg-surface text-text",
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
