import type { Route } from "next";
import type { ReactNode } from "react";
import { ArrowLeft } from "./icons.tsx";
import { PlainLink } from "./plain-link.tsx";

/**
 * The head of every page, in view while the page is scrolled: the title at the same place on each, what
 * stands beside it, one line of state, and the acts at the right.
 */
export function PageHeader<Href extends string>({
  title,
  beside,
  state,
  back,
  children,
}: {
  title: ReactNode;
  /** Muted, beside the title: a count, a phone number. */
  beside?: ReactNode;
  state?: ReactNode;
  /** The list that this page belongs to. */
  back?: { name: string; href: Route<Href> };
  /** The acts, the primary one last. */
  children?: ReactNode;
}) {
  return (
    <header className="bleed sticky top-11 z-10 flex min-h-14 flex-wrap items-center gap-x-3 gap-y-1 border-b bg-surface px-page py-1.5 rail:top-0">
      <div className="flex min-w-0 items-start gap-1">
        {back && (
          <PlainLink
            href={back.href}
            aria-label={back.name}
            title={back.name}
            className="-ml-2 grid size-8 shrink-0 place-items-center rounded-control text-muted hover:bg-hover max-rail:size-11"
          >
            <ArrowLeft aria-hidden className="size-4" />
          </PlainLink>
        )}
        <div className="flex min-w-0 flex-wrap items-baseline gap-x-2 max-rail:py-2">
          <h1 className="text-title font-semibold tracking-tight wrap-anywhere">{title}</h1>
          {beside}
        </div>
      </div>
      {state && (
        <div className="min-w-0 text-muted max-names:basis-full names:border-l names:pl-3">
          {state}
        </div>
      )}
      {children && (
        <div className="ml-auto flex flex-wrap items-center justify-end gap-2">{children}</div>
      )}
    </header>
  );
}
