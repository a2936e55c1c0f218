"use client";

import { type ComponentProps, type ReactNode, useId } from "react";
import { Button } from "../ui/button.tsx";
import { usePassFocusOn } from "../ui/use-pass-focus-on.ts";
import { useDialog } from "./dialog-provider.tsx";

type Props = Omit<ComponentProps<typeof Button>, "id" | "onClick"> & {
  /** The dialog to open; `openerId` is this button's id, which gets the focus back. */
  dialog: (openerId: string) => ReactNode;
};

/** Opens an action's dialog. When the action removes this button, the focus stays on the page. */
export function ActionButton({ dialog, ...props }: Props) {
  const id = useId();
  const { open } = useDialog();
  usePassFocusOn(id);
  return <Button {...props} id={id} onClick={() => open(dialog(id))} />;
}
