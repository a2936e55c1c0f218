"use client";

import type { Locale } from "next-intl";
import { createContext, type ReactNode, useContext } from "react";
import { DialogProvider, useDialog } from "../actions/dialog-provider.tsx";
import { useConnection } from "../ui/connection.tsx";
import { useToasts } from "../ui/toasts.tsx";
import type { FlagRequest, SetFlag } from "./flag-change.ts";
import type { FlagDialogMessages } from "./flag-dialog.tsx";

type FlagDialogContext = {
  open: (request: FlagRequest) => Promise<void>;
  /** Loads the dialog's code, so that it opens at once. */
  preload: () => void;
};

const Context = createContext<FlagDialogContext>({ open: async () => {}, preload: () => {} });

/** Lets any switch below the provider open the flag dialog. */
export function useFlagDialog(): FlagDialogContext {
  return useContext(Context);
}

const loadDialog = () => import("./flag-dialog.tsx");
const preload = () => void loadDialog().catch(() => {});

type Props = {
  setFlag: SetFlag;
  locale: Locale;
  messages: FlagDialogMessages;
  cannotOpen: string;
  children: ReactNode;
};

/** Wraps pages with switches. Loads the dialog's code when the pointer or focus approaches a switch. */
export function FlagDialogProvider(props: Props) {
  return (
    <DialogProvider>
      <Opener {...props} />
    </DialogProvider>
  );
}

function Opener({ setFlag, locale, messages, cannotOpen, children }: Props) {
  const { refresh } = useConnection();
  const { say } = useToasts();
  const dialog = useDialog();
  const open = async (request: FlagRequest) => {
    try {
      const { FlagDialog } = await loadDialog();
      const props = { request, setFlag, locale, messages };
      dialog.open(<FlagDialog {...props} />);
    } catch {
      say({ text: cannotOpen, undo: null, returnFocusTo: request.openerId });
      // After a deploy the dialog's code may be gone; the refresh then says that the page is outdated.
      refresh();
    }
  };
  return <Context value={{ open, preload }}>{children}</Context>;
}
