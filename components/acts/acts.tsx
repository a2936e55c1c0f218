"use client";

import { useRouter } from "next/navigation";
import {
  createContext,
  type ReactNode,
  startTransition,
  useCallback,
  useContext,
  useMemo,
  useState,
} from "react";
import { Toast, type ToastContent } from "../ui/toast.tsx";

type ActsContext = {
  open: (dialog: ReactNode) => void;
  /** Also brings the page up to date: not before, since that may leave a page whose session ended. */
  close: () => void;
  say: (toast: ToastContent) => void;
};

const Context = createContext<ActsContext>({ open: () => {}, close: () => {}, say: () => {} });

/** Lets a button below open a dialog, and a dialog say what it did. */
export function useActs(): ActsContext {
  return useContext(Context);
}

/** Holds the one dialog and the one toast, above the rows: a row may leave the list at a refresh, what was typed may not. */
export function Acts({ dismissName, children }: { dismissName: string; children: ReactNode }) {
  const router = useRouter();
  const [dialog, setDialog] = useState<ReactNode>(null);
  const [toast, setToast] = useState<ToastContent | null>(null);
  const close = useCallback(() => {
    setDialog(null);
    startTransition(() => router.refresh());
  }, [router]);
  const dismiss = useCallback(() => setToast(null), []);
  const context = useMemo(() => ({ open: setDialog, close, say: setToast }), [close]);
  return (
    <Context value={context}>
      {children}
      {dialog}
      <Toast toast={toast} dismissName={dismissName} onDismiss={dismiss} />
    </Context>
  );
}
