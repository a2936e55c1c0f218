"use client";

/** A switch that does not change by itself: a press calls `onPress`, and only `isOn` changes the state. */
export function Switch({
  id,
  name,
  isOn,
  onPress,
  onApproach,
}: {
  id: string;
  name: string;
  isOn: boolean;
  onPress: () => void;
  /** The pointer or the focus has come: a press may follow. */
  onApproach: () => void;
}) {
  return (
    <button
      id={id}
      type="button"
      role="switch"
      aria-checked={isOn}
      aria-label={name}
      onClick={onPress}
      onPointerEnter={onApproach}
      onFocus={onApproach}
      className="group inline-flex size-6 w-9 shrink-0 items-center rounded-full"
    >
      <span className="flex h-5 w-9 items-center rounded-full border border-border-control bg-surface-strong px-0.5 group-aria-checked:border-accent group-aria-checked:bg-accent">
        <span className="size-3.5 rounded-full bg-border-control motion-safe:transition-transform group-aria-checked:translate-x-4 group-aria-checked:bg-accent-text" />
      </span>
    </button>
  );
}
