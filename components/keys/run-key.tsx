import type { ReactNode } from "react";
import { findKey, PEEK } from "./find-key.ts";
import type { KeyAction, OwnKeys } from "./key-table.ts";
import { type KeyTexts, WithKeyTexts } from "./key-texts.tsx";
import { KeysSheet } from "./keys-sheet.tsx";
import { Palette } from "./palette.tsx";
import { Peek } from "./peek.tsx";
import { currentRow, focusSearch, moveRow, returnToRow } from "./rows.ts";

/** What the keys work with. */
export type Place = {
  keys: OwnKeys;
  isApple: boolean;
  texts: KeyTexts;
  setDialog: (dialog: ReactNode) => void;
  setPeek: (peek: ReactNode) => void;
  go: (path: string) => void;
};

const ACTIONS: Readonly<Record<KeyAction, (place: Place) => void>> = {
  jump: openPalette,
  keys: (place) => openSheet(place, document.activeElement),
  search: focusSearch,
  numbers: ({ go }) => go("/numbers"),
  requests: ({ go }) => go("/requests"),
  audit: ({ go }) => go("/audit"),
  next: () => moveRow(1),
  previous: () => moveRow(-1),
  // The link does it.
  open: () => {},
  select: () => press(CHECKBOX),
  selectRange: () =>
    currentRow()
      ?.querySelector(CHECKBOX)
      ?.dispatchEvent(new MouseEvent("click", { bubbles: true, shiftKey: true })),
  change: () => press("[role=switch]"),
  copy: () => press("[data-cell=more] button"),
  peek: (place) => (isPeeking() ? closePeek(place) : openPeek(place)),
  close: closePeek,
};

const CHECKBOX = "input[type=checkbox]";

/** How long the first of two keys waits for the second. */
const SECOND_KEY_MS = 1_000;
let last = { press: "", at: 0 };

/** Does what a pressed key stands for, if it is one of the console's. */
export function pressKey(event: KeyboardEvent, place: Place): void {
  const before = event.timeStamp - last.at < SECOND_KEY_MS ? last.press : "";
  const match = findKey(event, { ...place, before });
  last = { press: match?.action === null ? match.press : "", at: event.timeStamp };
  if (!match?.action) return;
  event.preventDefault();
  runKey(match.action, place);
}

/** Does what a key stands for. */
export function runKey(action: KeyAction, place: Place): void {
  ACTIONS[action](place);
}

/** Presses a control of the row that has the focus, if it has that one. */
function press(selector: string): void {
  currentRow()?.querySelector<HTMLElement>(selector)?.click();
}

function isPeeking(): boolean {
  return document.querySelector(`[${PEEK}]`) !== null;
}

function openPeek(place: Place): void {
  place.setPeek(
    <WithKeyTexts texts={place.texts}>
      <Peek
        onClose={() => closePeek(place)}
        canChange={place.keys.some(({ action }) => action === "change")}
      />
    </WithKeyTexts>,
  );
}

function closePeek({ setPeek }: Place): void {
  if (document.activeElement?.closest(`[${PEEK}]`)) returnToRow();
  setPeek(null);
}

function openPalette(place: Place): void {
  const opener = document.activeElement;
  place.setDialog(
    <WithKeyTexts texts={place.texts}>
      <Palette
        returnFocusTo={opener}
        isApple={place.isApple}
        onClose={() => place.setDialog(null)}
        onShowKeys={() => openSheet(place, opener)}
      />
    </WithKeyTexts>,
  );
}

function openSheet(place: Place, returnFocusTo: Element | null): void {
  place.setDialog(
    <WithKeyTexts texts={place.texts}>
      <KeysSheet
        keys={place.keys}
        isApple={place.isApple}
        returnFocusTo={returnFocusTo}
        onClose={() => place.setDialog(null)}
      />
    </WithKeyTexts>,
  );
}
