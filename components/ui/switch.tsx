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
      className="group inline-flex h-6 w-8 shrink-0 items-center justify-center rounded-full"
    >
      <span className="flex h-4 w-7 items-center rounded-full border border-line-field bg-surface px-px group-aria-checked:border-green-fill group-aria-checked:bg-green-fill">
        <span className="size-3 scale-90 rounded-full bg-line-field motion-safe:transition-transform group-aria-checked:translate-x-3 group-aria-checked:bg-surface" />
      </span>
    </button>
  );
}
