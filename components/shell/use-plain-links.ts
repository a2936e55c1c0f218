import type { Route } from "next";
import { useRouter } from "next/navigation";
import { startTransition, useEffect } from "react";
import type { Connection } from "../ui/connection.tsx";

/**
 * Routes every plain click on a link within the console through `leave`: following a link while nothing
 * answers would replace the page by the browser's error.
 */
export function usePlainLinks(leave: Connection["leave"]): void {
  const router = useRouter();
  useEffect(() => {
    const follow = (event: MouseEvent) => {
      const link = findLink(event);
      if (!link) return;
      // Next's own links do nothing more after this.
      event.preventDefault();
      const path = `${link.pathname}${link.search}${link.hash}`;
      // Next's route type cannot express a path read from the page.
      void leave(link.href, () => startTransition(() => router.push(path as Route)));
    };
    document.addEventListener("click", follow, true);
    return () => document.removeEventListener("click", follow, true);
  }, [leave, router]);
}

function findLink(event: MouseEvent): HTMLAnchorElement | null {
  const isPlain =
    event.button === 0 && !event.metaKey && !event.ctrlKey && !event.shiftKey && !event.altKey;
  if (!isPlain || !(event.target instanceof Element)) return null;
  const link = event.target.closest<HTMLAnchorElement>("a[href]");
  if (!link || link.target) return null;
  return link.origin === location.origin && !isOnThisPage(link) ? link : null;
}

function isOnThisPage({ pathname, search, hash }: HTMLAnchorElement): boolean {
  return hash !== "" && pathname === location.pathname && search === location.search;
}
