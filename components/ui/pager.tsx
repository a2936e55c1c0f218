import type { Route } from "next";
import { LinkButton } from "./link-button.tsx";

/** The way on through a list, and back to its beginning; nothing when it is on one page. */
export function Pager<Href extends string>({
  name,
  first,
  next,
}: {
  name: string;
  first: { name: string; href: Route<Href> } | null;
  next: { name: string; href: Route<Href> } | null;
}) {
  if (!first && !next) return null;
  return (
    <nav aria-label={name} className="flex justify-end gap-2 py-3">
      {first && <LinkButton href={first.href}>{first.name}</LinkButton>}
      {next && <LinkButton href={next.href}>{next.name}</LinkButton>}
    </nav>
  );
}
