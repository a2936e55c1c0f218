"use client";

import { useRouter } from "next/navigation";
import { startTransition, useEffect, useState } from "react";

const EVERY_MS = 15_000;

/**
 * Shows what others change, by itself: every 15 s while the page is visible, and on coming back
 * to it. Asks first whether the console is there, because a refresh without an answer would
 * leave the page; an ended session leaves it only when no dialog holds typed text.
 */
export function AutoRefresh({ unreachable, ended }: { unreachable: string; ended: string }) {
  const router = useRouter();
  const [problem, setProblem] = useState<string | null>(null);
  useEffect(() => {
    const refresh = async () => {
      if (document.visibilityState !== "visible") return;
      const status = await askPulse();
      const isEnded = status === 401;
      const isBusy = document.querySelector("[role=dialog]") !== null;
      if (status === 204 || (isEnded && !isBusy)) startTransition(() => router.refresh());
      if (isEnded) setProblem(ended);
      else setProblem(status === 204 ? null : unreachable);
    };
    const timer = setInterval(refresh, EVERY_MS);
    document.addEventListener("visibilitychange", refresh);
    window.addEventListener("online", refresh);
    return () => {
      clearInterval(timer);
      document.removeEventListener("visibilitychange", refresh);
      window.removeEventListener("online", refresh);
    };
  }, [router, unreachable, ended]);
  return (
    <div role="status" className="fixed inset-x-0 bottom-0 z-10">
      {problem && (
        <p className="border-t border-warning bg-warning-surface px-4 py-2 text-center text-warning">
          {problem}
        </p>
      )}
    </div>
  );
}

async function askPulse(): Promise<number | null> {
  try {
    return (await fetch("/pulse", { cache: "no-store" })).status;
  } catch {
    return null;
  }
}
