"use client";

import { Switch } from "../ui/switch.tsx";
import { usePassFocusOn } from "../ui/use-pass-focus-on.ts";
import { useFlagDialog } from "./flag-dialog-provider.tsx";
import type { FlagNumber } from "./flag-number.ts";

/** The number's flag as a switch, which opens the flag dialog. */
export function FlagSwitch({
  number,
  needsTwoPeople,
  name,
}: {
  number: FlagNumber;
  needsTwoPeople: boolean;
  name: string;
}) {
  const { open, preload } = useFlagDialog();
  const id = `flag-${number.phoneNumberId}`;
  const acceptsBsuid = !number.acceptsBsuid;
  usePassFocusOn(id);
  return (
    <Switch
      id={id}
      name={name}
      isOn={number.acceptsBsuid}
      onApproach={preload}
      onPress={() => open({ number, acceptsBsuid, needsTwoPeople, reason: "", openerId: id })}
    />
  );
}
