"use client";

import { useId } from "react";
import { useFlagDialog } from "../flags/flag-dialog-provider.tsx";
import type { FlagNumber } from "../flags/flag-number.ts";
import { Button } from "../ui/button.tsx";

/** Opens the dialog for the opposite of the latest change, as a change of its own. */
export function UndoButton({
  number,
  needsTwoPeople,
  name,
  reason,
}: {
  number: FlagNumber;
  needsTwoPeople: boolean;
  name: string;
  reason: string;
}) {
  const { open, preload } = useFlagDialog();
  const id = useId();
  return (
    <Button
      id={id}
      onPointerEnter={preload}
      onFocus={preload}
      onClick={() =>
        open({
          number,
          acceptsBsuid: !number.acceptsBsuid,
          needsTwoPeople,
          reason,
          openerId: id,
        })
      }
    >
      {name}
    </Button>
  );
}
