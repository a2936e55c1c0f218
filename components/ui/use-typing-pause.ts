import { useEffect, useRef } from "react";

const TYPING_PAUSE_MS = 350;

/**
 * Waits until typing pauses. A link that is followed meanwhile wins: what was waiting would call
 * the reader back from where they are going.
 */
export function useTypingPause(): { wait: (work: () => void) => void; cancel: () => void } {
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const cancel = () => clearTimeout(timer.current);
  useEffect(() => {
    const giveWay = ({ target }: MouseEvent) => {
      if (target instanceof Element && target.closest("a")) clearTimeout(timer.current);
    };
    document.addEventListener("click", giveWay, true);
    return () => {
      clearTimeout(timer.current);
      document.removeEventListener("click", giveWay, true);
    };
  }, []);
  const wait = (work: () => void) => {
    cancel();
    timer.current = setTimeout(work, TYPING_PAUSE_MS);
  };
  return { wait, cancel };
}
