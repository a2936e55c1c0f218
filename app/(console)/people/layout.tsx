import type { ReactNode } from "react";
import { ActionDialogs } from "../../action-dialogs.tsx";

export default function PeopleLayout({ children }: { children: ReactNode }) {
  return (
    <ActionDialogs words={["personActions", "tokenActions", "waitingWork", "undo", "flagDialog"]}>
      {children}
    </ActionDialogs>
  );
}
