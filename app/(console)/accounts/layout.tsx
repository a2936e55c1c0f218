import type { ReactNode } from "react";
import { ActionDialogs } from "../../action-dialogs.tsx";

export default function AccountsLayout({ children }: { children: ReactNode }) {
  return <ActionDialogs words={["accountDialogs"]}>{children}</ActionDialogs>;
}
