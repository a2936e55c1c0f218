"use client";

import type { Route } from "next";
import { useRouter } from "next/navigation";
import { type ReactNode, startTransition, useEffect, useEffectEvent, useState } from "react";
import { useConnection } from "../ui/connection.tsx";
import { useToasts } from "../ui/toasts.tsx";
import { isTyping } from "./is-typing.ts";
import type { KeyAction, OwnKeys } from "./key-table.ts";
import type { KeyTexts } from "./key-texts.tsx";
import type { Place } from "./run-key.tsx";

type Keyboard = typeof import("./run-key.tsx");

type Props = KeyTexts & { keys: OwnKeys; isApple: boolean; cannotOpen: string };

/**
 * Listens for the keys of the console, and for clicks on what has the name of a key's action in `data-key`.
 * Loads what they do on the first of them.
 */
export function Keys({ keys, isApple, cannotOpen, ...texts }: Props) {
  const router = useRouter();
  const { leave, refresh } = useConnection();
  const { say } = useToasts();
  const [dialog, setDialog] = useState<ReactNode>(null);
  const [peek, setPeek] = useState<ReactNode>(null);
  const toPlace = useEffectEvent(
    (): Place => ({
      keys,
      isApple,
      texts,
      setDialog,
      setPeek,
      // Next's route type cannot express a path from a table.
      go: (path) => void leave(path, () => startTransition(() => router.push(path as Route))),
    }),
  );
  const fail = useEffectEvent(() => {
    say({ text: cannotOpen, undo: null, returnFocusTo: "content" });
    // After a deploy the code may be gone; the refresh then says that the page is outdated.
    refresh();
  });
  useEffect(() => {
    let keyboard: Keyboard | undefined;
    const load = async (use: (loaded: Keyboard) => void) => {
      try {
        keyboard = await import("./run-key.tsx");
        use(keyboard);
      } catch {
        fail();
      }
    };
    const onKeyDown = (event: KeyboardEvent) => {
      if (keyboard) keyboard.pressKey(event, toPlace());
      else if (mayBeKey(event)) void load((loaded) => loaded.pressKey(event, toPlace()));
    };
    const onClick = ({ target }: MouseEvent) => {
      const button = target instanceof Element && target.closest<HTMLElement>("[data-key]");
      if (!button) return;
      void load((loaded) => loaded.runKey(button.dataset.key as KeyAction, toPlace()));
    };
    // Before other listeners: Escape closes the peek and leaves the selection.
    document.addEventListener("keydown", onKeyDown, true);
    document.addEventListener("click", onClick);
    return () => {
      document.removeEventListener("keydown", onKeyDown, true);
      document.removeEventListener("click", onClick);
    };
  }, []);
  return (
    <>
      {peek}
      {dialog}
    </>
  );
}

/** Whether a key may be one of the console's. Prevents what the browser would do with it meanwhile. */
function mayBeKey(event: KeyboardEvent): boolean {
  const { key, ctrlKey, metaKey, altKey, target } = event;
  const isJump = key === "k" && (ctrlKey || metaKey);
  const isSingle = key.length === 1 || key.startsWith("Arrow");
  const at = target instanceof Element ? target : null;
  if (!isJump && (!isSingle || ctrlKey || metaKey || altKey || isTyping(at))) return false;
  if (isJump || key === "/" || (key === " " && at?.matches("th > a"))) event.preventDefault();
  return true;
}
