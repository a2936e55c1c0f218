"use client";

import type { Locale, Messages } from "next-intl";
import {
  type ComponentType,
  createContext,
  type ReactNode,
  useCallback,
  useContext,
  useMemo,
  useState,
} from "react";
import { useConnection } from "../ui/connection.tsx";
import { useToasts } from "../ui/toasts.tsx";
import type { FlagRequest, SetFlag } from "./flag-change.ts";
import type { FlagDialogProps } from "./flag-dialog.tsx";

type FlagChangesContext = { ask: (request: FlagRequest) => void; preload: () => void };

const Context = createContext<FlagChangesContext>({ ask: () => {}, preload: () => {} });

/** Lets any switch below ask for a change. */
export function useFlagChanges(): FlagChangesContext {
  return useContext(Context);
}

const loadDialog = () => import("./flag-dialog.tsx");

/**
 * Holds the one dialog, above the rows: a row may leave the list at a refresh,
 * what was typed may not. The dialog's code comes when a switch is approached.
 */
export function FlagChanges({
  setFlag,
  locale,
  messages,
  cannotOpen,
  children,
}: {
  setFlag: SetFlag;
  locale: Locale;
  messages: Pick<Messages, "flagDialog">;
  cannotOpen: string;
  children: ReactNode;
}) {
  const { refresh } = useConnection();
  const { say } = useToasts();
  const [Dialog, setDialog] = useState<ComponentType<FlagDialogProps> | null>(null);
  const [request, setRequest] = useState<FlagRequest | null>(null);

  const ask = useCallback(
    async (asked: FlagRequest) => {
      try {
        const { FlagDialog } = await loadDialog();
        setDialog(() => FlagDialog);
        setRequest(asked);
      } catch {
        say({ text: cannotOpen, undo: null, returnFocusTo: asked.openerId });
        // Its code may have gone with the build that the page is of, which the page then says.
        refresh();
      }
    },
    [cannotOpen, say, refresh],
  );
  const sendAndRefresh: SetFlag = async (change) => {
    const result = await setFlag(change);
    if (result.ok) refresh();
    return result;
  };
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
        />
      )}
    </Context>
  );
}
