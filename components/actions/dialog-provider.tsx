"use client";

import { createContext, type ReactNode, useCallback, useContext, useMemo, useState } from "react";
import { useConnection } from "../ui/connection.tsx";

type DialogContext = {
  open: (dialog: ReactNode) => void;
  /** Also refreshes the page. Not earlier: a refresh may leave a page whose session has ended. */
  close: () => void;
  /** Closes the dialog of somebody who changed nothing: the page stays as it is. */
  cancel: () => void;
};

const Context = createContext<DialogContext>({
  open: () => {},
  close: () => {},
  cancel: () => {},
});

/** Lets a button below the provider open a dialog, and a dialog close itself. */
export function useDialog(): DialogContext {
  return useContext(Context);
}

/**
 * Holds the one open dialog outside the rows: a refresh may remove a row, but must not lose what was
 * typed.
 */
export function DialogProvider({ children }: { children: ReactNode }) {
  const { refresh } = useConnection();
  const [dialog, setDialog] = useState<ReactNode>(null);
  const close = useCallback(() => {
    setDialog(null);
    refresh();
  }, [refresh]);
  const cancel = useCallback(() => setDialog(null), []);
  const context = useMemo(() => ({ open: setDialog, close, cancel }), [close, cancel]);
  return (
    <Context value={context}>
      {children}
      {dialog}
    </Context>
  );
}
