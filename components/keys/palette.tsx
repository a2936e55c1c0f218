import * as Radix from "@radix-ui/react-dialog";
import { useTranslations } from "next-intl";
import { type KeyboardEvent, useEffect, useRef, useState } from "react";
import { Search } from "../ui/icons.tsx";
import { Modal } from "../ui/modal.tsx";
import { JumpOptions } from "./jump-options.tsx";
import { Kbd } from "./kbd.tsx";
import { PaletteFoot } from "./palette-foot.tsx";
import { useJumps } from "./use-jumps.ts";

/** The server's limit, MAX_JUMP_CHARACTERS. */
const MAX_LENGTH = 200;
const LIST_ID = "jump-options";
type Target = "here" | "new tab";

const toOptionId = (index: number) => `jump-${index}`;

/**
 * Jumps to anything by its name: a combobox whose options are links (WAI-ARIA Authoring Practices, "Editable
 * Combobox With List Autocomplete").
 */
export function Palette({
  returnFocusTo,
  isApple,
  onClose,
  onShowKeys,
}: {
  returnFocusTo: Element | null;
  isApple: boolean;
  onClose: () => void;
  onShowKeys: () => void;
}) {
  const t = useTranslations("keys");
  const input = useRef<HTMLInputElement>(null);
  const [typed, setTyped] = useState("");
  const [active, setActive] = useState(0);
  const { jumps, isCurrent, isFailed } = useJumps(typed);
  const groups = jumps?.groups ?? [];
  const count = groups.reduce((sum, { options }) => sum + options.length, 0);
  const current = Math.min(active, count - 1);
  /** Where to open the first option: Enter was pressed before the answer came. */
  const [waitsFor, setWaitsFor] = useState<Target | null>(null);

  useEffect(() => {
    document.getElementById(toOptionId(current))?.scrollIntoView({ block: "nearest" });
  }, [current]);
  useEffect(() => {
    if (waitsFor === null || !isCurrent) return;
    setWaitsFor(null);
    openOption(toOptionId(0), waitsFor);
  }, [waitsFor, isCurrent]);

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return;
    const step = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0;
    if (step !== 0 && count > 0) setActive((current + step + count) % count);
    else if (event.key === "Enter") open(event.ctrlKey || event.metaKey ? "new tab" : "here");
    else return;
    event.preventDefault();
  };
  const open = (target: Target) => {
    if (isCurrent) openOption(toOptionId(current), target);
    else if (!isFailed) setWaitsFor(target);
  };
  return (
    <Modal
      onClose={onClose}
      returnFocusTo={returnFocusTo}
      initialFocus={input}
      isLight
      style="fixed inset-x-0 top-0 z-30 mx-auto flex max-h-dvh w-full flex-col overflow-hidden bg-raised shadow-raised rail:top-24 rail:max-h-[calc(100dvh-8rem)] rail:w-160 rail:rounded-control rail:border rail:border-line-button names:left-52"
    >
      <Radix.Title className="sr-only">{t("action.jump")}</Radix.Title>
      <Radix.Description className="sr-only">{t("jumpHint")}</Radix.Description>
      <div className="flex h-12 shrink-0 items-center gap-3 border-b px-4">
        <Search aria-hidden className="size-4 shrink-0 text-muted" />
        <input
          ref={input}
          role="combobox"
          aria-label={t("action.jump")}
          aria-expanded={count > 0}
          aria-controls={LIST_ID}
          aria-autocomplete="list"
          {...(count > 0 ? { "aria-activedescendant": toOptionId(current) } : {})}
          autoComplete="off"
          spellCheck={false}
          enterKeyHint="go"
          maxLength={MAX_LENGTH}
          value={typed}
          placeholder={t("jumpPlaceholder")}
          onChange={({ target }) => {
            setTyped(target.value);
            setActive(0);
            setWaitsFor(null);
          }}
          onKeyDown={onKeyDown}
          className="h-full min-w-0 flex-1 bg-transparent outline-none placeholder:text-muted"
        />
        <button type="button" onClick={onClose} className="min-h-8 px-1">
          <Kbd>Esc</Kbd>
          <span className="sr-only">, {t("close")}</span>
        </button>
      </div>
      <div
        id={LIST_ID}
        role="listbox"
        aria-label={t("action.jump")}
        aria-busy={!isCurrent}
        className="overflow-y-auto px-2 empty:hidden not-empty:pb-2"
      >
        {jumps && (
          <JumpOptions jumps={jumps} current={current} toId={toOptionId} onChoose={onClose} />
        )}
      </div>
      <p
        role="status"
        className={isFailed || (isCurrent && count === 0) ? "px-6 py-4 text-muted" : "sr-only"}
      >
        {isFailed ? t("jumpFailed") : isCurrent && t("jumpFound", { count, q: typed.trim() })}
      </p>
      <PaletteFoot isApple={isApple} onShowKeys={onShowKeys} />
    </Modal>
  );
}

function openOption(id: string, target: Target): void {
  const option = document.getElementById(id);
  if (!(option instanceof HTMLAnchorElement)) return;
  if (target === "new tab") window.open(option.href, "_blank", "noopener");
  else option.click();
}
