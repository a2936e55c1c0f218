"use client";

import { useTheme } from "next-themes";
import { useSyncExternalStore } from "react";

const subscribeToNothing = () => () => {};

/**
 * Chooses light, dark or the system's theme. The server does not know the choice, so the browser fills it
 * in.
 */
export function ThemeSwitch({
  name,
  choices,
}: {
  name: string;
  choices: { system: string; light: string; dark: string };
}) {
  const { theme = "system", setTheme } = useTheme();
  const isHydrated = useSyncExternalStore(
    subscribeToNothing,
    () => true,
    () => false,
  );
  return (
    <select
      aria-label={name}
      value={isHydrated ? theme : "system"}
      onChange={(event) => setTheme(event.target.value)}
      className="h-8 rounded-control border border-line-field bg-surface px-1.5"
    >
      <option value="system">{choices.system}</option>
      <option value="light">{choices.light}</option>
      <option value="dark">{choices.dark}</option>
    </select>
  );
}
