"use client";

import { useEffect, useState } from "react";

/** Copies a value, and shows so briefly in the same place. `icon` and `doneIcon` have the same size. */
export function CopyButton({
  value,
  name,
  doneName,
  icon,
  doneIcon,
}: {
  value: string;
  name: string;
  doneName: string;
  icon: React.ReactNode;
  doneIcon: React.ReactNode;
}) {
  const [isDone, setIsDone] = useState(false);
  useEffect(() => {
    if (!isDone) return;
    const timer = setTimeout(() => setIsDone(false), 2_000);
    return () => clearTimeout(timer);
  }, [isDone]);
  const copy = async () => {
    await navigator.clipboard.writeText(value);
    setIsDone(true);
  };
  return (
    <>
      <button
        type="button"
        aria-label={name}
        title={name}
        onClick={() => copy().catch(() => setIsDone(false))}
        className="inline-flex size-6 items-center justify-center rounded-control text-muted hover:bg-hover hover:text-text"
      >
        {isDone ? doneIcon : icon}
      </button>
      <span role="status" className="sr-only">
        {isDone ? doneName : ""}
      </span>
    </>
  );
}
