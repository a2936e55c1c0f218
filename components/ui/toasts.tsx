"use client";

import {
  createContext,
  type ReactNode,
  useCallback,
  useContext,
  useEffect,
  useMemo,
  useState,
} from "react";

const SHOWN_MS = 12_000;

/** The message after an action, with an optional undo. */
export type ToastContent = {
  text: string;
  undo: { label: string; run: () => void } | null;
  /** The id of the element that gets the focus when a button here is pressed. */
  returnFocusTo: string;
  /** Shown below the text. */
  note?: ReactNode;
};

type ToastsContext = {
  say: (toast: ToastContent) => void;
  /** Hides messages until the returned function is called. */
  hold: () => () => void;
};

const Context = createContext<ToastsContext>({ say: () => {}, hold: () => () => {} });

/** Shows what was done; a new message replaces the one before. */
export function useToasts(): Pick<ToastsContext, "say"> {
  return useContext(Context);
}

/** Hides messages while the caller is mounted: nothing clickable may cover a dialog. */
export function useNoToasts(): void {
  const { hold } = useContext(Context);
  useEffect(hold, [hold]);
}

/**
 * The page's one message area, at the bottom left. A message sent while a dialog is open is shown after
 * it.
 */
export function Toasts({ dismissName, children }: { dismissName: string; children: ReactNode }) {
  const [shown, setShown] = useState<{ toast: ToastContent; key: number } | null>(null);
  const [holders, setHolders] = useState(0);
  const hold = useCallback(() => {
    setHolders((count) => count + 1);
    return () => setHolders((count) => count - 1);
  }, []);
  const say = useCallback((toast: ToastContent) => {
    setShown((before) => ({ toast, key: (before?.key ?? 0) + 1 }));
  }, []);
  const dismiss = useCallback(() => setShown(null), []);
  const context = useMemo(() => ({ say, hold }), [say, hold]);
  return (
    <Context value={context}>
      {children}
      <div
        role="status"
        className="pointer-events-none fixed bottom-12 left-0 z-20 px-4 rail:left-12 names:left-52"
      >
        {shown && holders === 0 && (
          <Toast
            key={shown.key}
            toast={shown.toast}
            dismissName={dismissName}
            onDismiss={dismiss}
          />
        )}
      </div>
    </Context>
  );
}

/** Disappears after a while, but not while it has the pointer or the focus. */
function Toast({
  toast,
  dismissName,
  onDismiss,
}: {
  toast: ToastContent;
  dismissName: string;
  onDismiss: () => void;
}) {
  const [isHeld, setIsHeld] = useState(false);
  useEffect(() => {
    if (isHeld) return;
    const timer = setTimeout(onDismiss, SHOWN_MS);
    return () => clearTimeout(timer);
  }, [isHeld, onDismiss]);
  const press = (work: () => void) => () => {
    document.getElementById(toast.returnFocusTo)?.focus();
    work();
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: only pauses the timer while it is being read
    <div
      onPointerEnter={() => setIsHeld(true)}
      onPointerLeave={() => setIsHeld(false)}
      onFocus={() => setIsHeld(true)}
      onBlur={() => setIsHeld(false)}
      className="pointer-events-auto flex items-center gap-2 rounded-control bg-text py-1.5 pr-2 pl-4 text-surface"
    >
      <div className="mr-2 wrap-anywhere">
        <p>{toast.text}</p>
        {toast.note}
      </div>
      {toast.undo && <ToastButton name={toast.undo.label} onPress={press(toast.undo.run)} />}
      <ToastButton name={dismissName} onPress={press(onDismiss)} />
    </div>
  );
}

function ToastButton({ name, onPress }: { name: string; onPress: () => void }) {
  return (
    <button
      type="button"
      onClick={onPress}
      className="min-h-7 rounded-control px-2 font-medium underline underline-offset-4 focus-visible:outline-surface"
    >
      {name}
    </button>
  );
}
