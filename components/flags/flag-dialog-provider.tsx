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
  /** Fetches the dialog's code, so that it opens at once. */
  preload: () => void;
};

const Context = createContext<FlagDialogContext>({ open: async () => {}, preload: () => {} });

/** Lets any switch below open the dialog that decides. */
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

/** Around pages with switches. The dialog's code comes when a switch is approached. */
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
      // Its code may have gone with the build that the page is of, which the page then says.
      refresh();
    }
  };
  return <Context value={{ open, preload }}>{children}</Context>;
}
