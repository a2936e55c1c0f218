import type { ReactNode } from "react";
import { ActionDialogs } from "../../action-dialogs.tsx";

export default function ScheduleLayout({ children }: { children: ReactNode }) {
  return <ActionDialogs words={["scheduleActions"]}>{children}</ActionDialogs>;
}
