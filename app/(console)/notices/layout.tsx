import type { ReactNode } from "react";
import { ActionDialogs } from "../../action-dialogs.tsx";

export default function NoticesLayout({ children }: { children: ReactNode }) {
  return <ActionDialogs words={[]}>{children}</ActionDialogs>;
}
