"use client";

import { useRouter } from "next/navigation";
import { createContext, startTransition, useContext, useMemo } from "react";

/** How a page loads new content without losing what it shows and what was typed into it. */
export type Connection = {
  /** Refreshes the page, unless that would lose it. */
  refresh: () => void;
  /** Goes to an address with `navigate`, unless nothing would answer there. */
  leave: (href: string, navigate: () => void) => Promise<void>;
};

export const ConnectionContext = createContext<Connection | null>(null);

/** The page's connection; a page without one refreshes and navigates without checks. */
export function useConnection(): Connection {
  const router = useRouter();
  const given = useContext(ConnectionContext);
  return useMemo(
    () =>
      given ?? {
        refresh: () => startTransition(() => router.refresh()),
        leave: async (_href, navigate) => navigate(),
      },
    [given, router],
  );
}
