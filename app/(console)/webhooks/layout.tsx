import type { ReactNode } from "react";
import { ActionDialogs } from "../../action-dialogs.tsx";

export default function WebhooksLayout({ children }: { children: ReactNode }) {
  return <ActionDialogs words={["endpointActions"]}>{children}</ActionDialogs>;
}
