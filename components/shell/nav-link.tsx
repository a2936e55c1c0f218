"use client";

import type { Route } from "next";
import { useSearchParams, useSelectedLayoutSegment } from "next/navigation";
import type { MouseEvent, ReactNode } from "react";
import { PlainLink } from "../ui/plain-link.tsx";

type Props<Href extends string> = {
  href: Route<Href>;
  /** The part of the address that marks this link as current. */
  segment: string;
  /** The state in the address that this link stands for, where one page has several links. */
  state?: string;
  /** The states that have links of their own, of which none makes this link current. */
  otherStates?: readonly string[];
  style: string;
  title?: string;
  children: ReactNode;
};

/** A link of the navigation, marked when its page is open. It closes the menu that it stands in. */
export function NavLink<Href extends string>({
  href,
  segment,
  state,
  otherStates = [],
  style,
  title,
  children,
}: Props<Href>) {
  const isThisPage = useSelectedLayoutSegment() === segment;
  const shown = useSearchParams().get("state") ?? "";
  const isHere = isThisPage && (state ? shown === state : !otherStates.includes(shown));
  return (
    <PlainLink
      href={href}
      title={title}
      {...(isHere ? { "aria-current": "page" as const } : {})}
      onClick={closeMenus}
      className={style}
    >
      {children}
    </PlainLink>
  );
}

function closeMenus({ currentTarget }: MouseEvent<HTMLElement>): void {
  let menu = currentTarget.closest<HTMLElement>("[popover]");
  while (menu) {
    menu.hidePopover();
    menu = menu.parentElement?.closest<HTMLElement>("[popover]") ?? null;
  }
}
