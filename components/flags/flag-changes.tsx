"use client";

import { useRouter } from "next/navigation";
import type { Locale, Messages } from "next-intl";
import {
  type ComponentType,
  createContext,
  type ReactNode,
  startTransition,
  useCallback,
  useContext,
  useMemo,
  useState,
} from "react";
import type { FlagRequest, FlagToast as FlagToastContent, SetFlag } from "./flag-change.ts";
import type { FlagDialogProps } from "./flag-dialog.tsx";
import { FlagToast } from "./flag-toast.tsx";

type FlagChangesContext = { ask: (request: FlagRequest) => void; preload: () => void };

const Context = createContext<FlagChangesContext>({ ask: () => {}, preload: () => {} });

/** Lets any switch below ask for a change. */
export function useFlagChanges(): FlagChangesContext {
  return useContext(Context);
}

const loadDialog = () => import("./flag-dialog.tsx");

/**
 * Holds the one dialog and the one toast, above the rows: a row may leave the list at a refresh,
 * what was typed may not. The dialog's code comes when a switch is approached.
 */
export function FlagChanges({
  setFlag,
  locale,
  messages,
  words,
  children,
}: {
  setFlag: SetFlag;
  locale: Locale;
  messages: Pick<Messages, "flagDialog">;
  words: { cannotOpen: string; dismiss: string };
  children: ReactNode;
}) {
  const router = useRouter();
  const [Dialog, setDialog] = useState<ComponentType<FlagDialogProps> | null>(null);
  const [request, setRequest] = useState<FlagRequest | null>(null);
  const [toast, setToast] = useState<FlagToastContent | null>(null);

  const ask = useCallback(
    async (asked: FlagRequest) => {
      try {
        const { FlagDialog } = await loadDialog();
        setDialog(() => FlagDialog);
        setRequest(asked);
      } catch {
        setToast({
          text: words.cannotOpen,
          undo: null,
          revision: null,
          returnFocusTo: asked.openerId,
        });
      }
    },
    [words.cannotOpen],
  );
  const sendAndRefresh: SetFlag = async (change) => {
    const result = await setFlag(change);
    if (result.ok) startTransition(() => router.refresh());
    return result;
  };
  const dismiss = useCallback(() => setToast(null), []);
  const refresh = useCallback(() => startTransition(() => router.refresh()), [router]);
  const context = useMemo(() => ({ ask, preload: () => void loadDialog().catch(() => {}) }), [ask]);

  return (
    <Context value={context}>
      {children}
      {Dialog && request && (
        <Dialog
          request={request}
          setFlag={sendAndRefresh}
          locale={locale}
          messages={messages}
          onClose={() => setRequest(null)}
          onToast={setToast}
        />
      )}
      <FlagToast toast={toast} dismissName={words.dismiss} onDismiss={dismiss} onLive={refresh} />
    </Context>
  );
}
