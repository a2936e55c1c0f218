import type { ReactNode } from "react";
import { ActionDialogs } from "../../action-dialogs.tsx";

export default function RequestsLayout({ children }: { children: ReactNode }) {
  return (
    <ActionDialogs words={["requestActions", "askRequest", "flagDialog"]}>{children}</ActionDialogs>
  );
}
