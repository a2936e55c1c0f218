"use client";

import Link from "next/link";
import { type ReactNode, useLayoutEffect } from "react";
import { buttonStyle } from "../ui/button-style.ts";

/**
 * A link that adds or removes a number, and is gone once it did. The focus then goes to the element named by
 * `focusNext`, so that people who use the keyboard stay where they were.
 */
export function AskLink({
  id,
  href,
  name,
  variant = "secondary",
  focusNext,
  children,
}: {
  id: string;
  href: `/requests/new?${string}`;
  /** For screen readers, where the text alone does not tell which number. */
  name?: string;
  variant?: "secondary" | "quiet";
  focusNext: string;
  children: ReactNode;
}) {
  useLayoutEffect(
    () => () => {
      if (document.activeElement?.id !== id) return;
      setTimeout(() => document.getElementById(focusNext)?.focus({ preventScroll: true }));
    },
    [id, focusNext],
  );
  return (
    <Link
      id={id}
      href={href}
      prefetch={false}
      scroll={false}
      aria-label={name}
      className={buttonStyle({ variant })}
    >
      {children}
    </Link>
  );
}
