"use client";

import { createContext, type ReactNode, useCallback, useContext, useMemo, useState } from "react";
import { useConnection } from "../ui/connection.tsx";

type DialogContext = {
  open: (dialog: ReactNode) => void;
  /** Also brings the page up to date: not before, since that may leave a page whose session ended. */
  close: () => void;
};

const Context = createContext<DialogContext>({ open: () => {}, close: () => {} });

/** Lets a button below open a dialog, and a dialog close itself. */
export function useDialog(): DialogContext {
  return useContext(Context);
}

/** Holds the one dialog, above the rows: a row may leave the list at a refresh, what was typed may not. */
export function DialogProvider({ children }: { children: ReactNode }) {
  const { refresh } = useConnection();
  const [dialog, setDialog] = useState<ReactNode>(null);
  const close = useCallback(() => {
    setDialog(null);
    refresh();
  }, [refresh]);
  const context = useMemo(() => ({ open: setDialog, close }), [close]);
  return (
    <Context value={context}>
      {children}
      {dialog}
    </Context>
  );
}
