import { FlagState } from "../flags/flag-state.tsx";
import type { SimulatorNumber } from "./simulator-number.ts";

/** One suggestion of the picker: enough to tell it from its neighbours. */
export function NumberOption({
  id,
  number,
  isActive,
  onChoose,
}: {
  id: string;
  number: SimulatorNumber;
  isActive: boolean;
  onChoose: () => void;
}) {
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the combobox has the focus and the keys
    <div
      id={id}
      role="option"
      tabIndex={-1}
      aria-selected={isActive}
      // Keeps the focus in the box: losing it would close the list.
      onPointerDown={(event) => event.preventDefault()}
      onClick={onChoose}
      className="cursor-pointer border-b px-2.5 py-1.5 hover:bg-hover aria-selected:bg-selected aria-selected:outline-2 aria-selected:-outline-offset-2 aria-selected:outline-focus"
    >
      <span className="flex flex-wrap justify-between gap-x-3">
        <span className="font-medium wrap-anywhere">
          <bdi>{number.label}</bdi>
        </span>
        <FlagState flag={number} />
      </span>
      <span className="block text-meta text-muted tabular-nums">
        {number.displayPhoneNumber} · {number.accountName}
      </span>
    </div>
  );
}
