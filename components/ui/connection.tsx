"use client";

import { useRouter } from "next/navigation";
import { createContext, startTransition, useContext, useMemo } from "react";

/** How a page asks for new content without risking what it shows and what was typed into it. */
export type Connection = {
  /** Brings the page up to date, unless that would lose it. */
  refresh: () => void;
  /** Goes to an address by `navigate`, unless nothing would answer there. */
  leave: (href: string, navigate: () => void) => Promise<void>;
};

export const ConnectionContext = createContext<Connection | null>(null);

/** The page's connection; a page without one refreshes and leaves as it is asked to. */
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
