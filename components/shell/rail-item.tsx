import type { Route } from "next";
import type { ReactNode } from "react";
import type { Icon } from "../ui/icons.tsx";
import { NavLink } from "./nav-link.tsx";

const STYLE =
  "relative flex min-h-8 items-center gap-2 rounded-control px-2 font-medium text-muted hover:bg-hover aria-[current]:bg-selected aria-[current]:text-text max-rail:min-h-11 rail:max-names:justify-center rail:max-names:px-0";

/** A link of the rail: its icon, its name where there is room for it, and what waits behind it. */
export function RailItem<Href extends string>({
  href,
  segment,
  state,
  otherStates,
  Icon,
  name,
  note,
}: {
  href: Route<Href>;
  segment: string;
  state?: string;
  otherStates?: readonly string[];
  Icon: Icon;
  name: string;
  note?: ReactNode;
}) {
  return (
    <li>
      <NavLink
        href={href}
        segment={segment}
        {...(state === undefined ? {} : { state })}
        {...(otherStates === undefined ? {} : { otherStates })}
        title={name}
        style={STYLE}
      >
        <Icon aria-hidden className="size-4 shrink-0" />
        <span className="rail:max-names:sr-only">{name}</span>
        {note}
      </NavLink>
    </li>
  );
}
