"use client";

import type { Route } from "next";
import Link from "next/link";
import { useSelectedLayoutSegment } from "next/navigation";
import type { ReactNode } from "react";

export function NavLink<Href extends string>({
  href,
  segment,
  children,
}: {
  href: Route<Href>;
  /** The part of the address that marks this link as current. */
  segment: string;
  children: ReactNode;
}) {
  const isHere = useSelectedLayoutSegment() === segment;
  return (
    <Link
      href={href}
      prefetch={false}
      {...(isHere ? { "aria-current": "page" as const } : {})}
      className="inline-flex min-h-8 items-center rounded-control px-2 text-muted hover:bg-surface-strong hover:text-text aria-[current]:font-medium aria-[current]:text-text aria-[current]:underline aria-[current]:decoration-accent aria-[current]:decoration-2 aria-[current]:underline-offset-8"
    >
      {children}
    </Link>
  );
}
