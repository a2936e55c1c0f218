import type { ReactNode } from "react";
import { ActionDialogs } from "../../action-dialogs.tsx";

export default function TokensLayout({ children }: { children: ReactNode }) {
  return <ActionDialogs words={["tokenActions"]}>{children}</ActionDialogs>;
}
