"use client";

import { type ComponentProps, type ReactNode, useId } from "react";
import { Button } from "../ui/button.tsx";
import { usePassFocusOn } from "../ui/use-pass-focus-on.ts";
import { useActs } from "./acts.tsx";

type Props = Omit<ComponentProps<typeof Button>, "id" | "onClick"> & {
  /** What is asked before the act; `openerId` is this button, which gets the focus back. */
  dialog: (openerId: string) => ReactNode;
};

/** Opens a dialog that acts. Where the act takes this button off the page, the focus stays on the page. */
export function ActButton({ dialog, ...props }: Props) {
  const id = useId();
  const { open } = useActs();
  usePassFocusOn(id);
  return <Button {...props} id={id} onClick={() => open(dialog(id))} />;
}
