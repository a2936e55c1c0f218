"use client";

import { useLayoutEffect } from "react";
import { Switch } from "../ui/switch.tsx";
import { useFlagChanges } from "./flag-changes.tsx";
import type { FlagNumber } from "./flag-number.ts";

/** The number's flag as a switch; pressing it opens the dialog that decides. */
export function FlagSwitch({ number, name }: { number: FlagNumber; name: string }) {
  const { ask, preload } = useFlagChanges();
  const id = `flag-${number.phoneNumberId}`;
  const acceptsBsuid = !number.acceptsBsuid;
  useLayoutEffect(() => () => passFocusOn(id), [id]);
  return (
    <Switch
      id={id}
      name={name}
      isOn={number.acceptsBsuid}
      onApproach={preload}
      onPress={() => ask({ number, acceptsBsuid, reason: "", openerId: id })}
    />
  );
}

/** A change may take the number out of the filtered list; who works by keyboard stays on the page. */
function passFocusOn(id: string): void {
  if (document.activeElement?.id !== id) return;
  setTimeout(() => document.getElementById("content")?.focus({ preventScroll: true }));
}
