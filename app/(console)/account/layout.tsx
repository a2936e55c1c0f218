import type { ReactNode } from "react";
import { ActionDialogs } from "../../action-dialogs.tsx";

export default function AccountLayout({ children }: { children: ReactNode }) {
  return <ActionDialogs words={["accountActions", "waitingWork"]}>{children}</ActionDialogs>;
}
