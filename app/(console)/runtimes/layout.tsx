import type { ReactNode } from "react";
import { ActionDialogs } from "../../action-dialogs.tsx";

export default function RuntimesLayout({ children }: { children: ReactNode }) {
  return <ActionDialogs words={["runtimeActions"]}>{children}</ActionDialogs>;
}
