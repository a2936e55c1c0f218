import { type RefObject, useEffect, useRef } from "react";

const TYPING_PAUSE_MS = 350;

type Timer = ReturnType<typeof setTimeout> | undefined;

/**
 * Runs something once typing pauses. Following a link cancels it: it would call the reader back from
 * where they are going.
 */
export function useTypingPause(): {
  wait: (work: () => void) => void;
  cancel: () => void;
  /** Undefined while nothing is pending. */
  timer: RefObject<Timer>;
} {
  const timer = useRef<Timer>(undefined);
  const cancel = () => stop(timer);
  useEffect(() => {
    const giveWay = ({ target }: MouseEvent) => {
      if (target instanceof Element && target.closest("a")) stop(timer);
    };
    document.addEventListener("click", giveWay, true);
    return () => {
      stop(timer);
      document.removeEventListener("click", giveWay, true);
    };
  }, []);
  const wait = (work: () => void) => {
    cancel();
    timer.current = setTimeout(() => {
      timer.current = undefined;
      work();
    }, TYPING_PAUSE_MS);
  };
  return { wait, cancel, timer };
}

function stop(timer: RefObject<Timer>): void {
  clearTimeout(timer.current);
  timer.current = undefined;
}
