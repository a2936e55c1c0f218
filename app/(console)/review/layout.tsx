import type { ReactNode } from "react";
import { ActionDialogs } from "../../action-dialogs.tsx";

export default function ReviewLayout({ children }: { children: ReactNode }) {
  return <ActionDialogs words={["review", "flagDialog"]}>{children}</ActionDialogs>;
}
