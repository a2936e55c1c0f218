import type { ReactNode } from "react";
import { ActionDialogs } from "../../action-dialogs.tsx";

export default function BatchesLayout({ children }: { children: ReactNode }) {
  return <ActionDialogs words={["undo", "flagDialog"]}>{children}</ActionDialogs>;
}
