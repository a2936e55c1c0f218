"use client";

import { useRouter } from "next/navigation";
import { type ReactNode, startTransition, useCallback, useEffect, useMemo, useState } from "react";
import { type Connection, ConnectionContext } from "../ui/connection.tsx";
import { askPulse, type PageProblem } from "./ask-pulse.ts";
import { usePlainLinks } from "./use-plain-links.ts";

const EVERY_MS = 15_000;

export type ConnectedPageWords = Record<PageProblem | "reload", string>;

/**
 * Refreshes a page every 15 s while it is visible and when it becomes visible. Asks first whether the
 * console answers, the person is still signed in and the build is the same, so that nothing on the page
 * is lost; else says at the foot what is wrong.
 */
export function ConnectedPage({
  personId,
  words,
  children,
}: {
  personId: string;
  words: ConnectedPageWords;
  children: ReactNode;
}) {
  const router = useRouter();
  const [problem, setProblem] = useState<PageProblem | null>(null);

  const check = useCallback(async () => {
    const answer = await askPulse(personId);
    setProblem(answer);
    return answer;
  }, [personId]);
  const refresh = useCallback(async () => {
    const answer = await check();
    // When the session has ended, the page goes to the sign-in, but not while a dialog holds typed text.
    const isBusy = document.querySelector("[role=dialog]") !== null;
    if (answer === null || (answer === "ended" && !isBusy)) {
      startTransition(() => router.refresh());
    }
  }, [check, router]);
  const leave = useCallback(
    async (href: string, navigate: () => void) => {
      const answer = await check();
      if (answer === null) navigate();
      // For another build or person the page is loaded in full.
      else if (answer !== "unreachable") location.assign(href);
    },
    [check],
  );
  usePlainLinks(leave);

  useEffect(() => {
    const refreshIfVisible = () => {
      if (document.visibilityState === "visible") void refresh();
    };
    const timer = setInterval(refreshIfVisible, EVERY_MS);
    document.addEventListener("visibilitychange", refreshIfVisible);
    window.addEventListener("online", refreshIfVisible);
    window.addEventListener("offline", check);
    return () => {
      clearInterval(timer);
      document.removeEventListener("visibilitychange", refreshIfVisible);
      window.removeEventListener("online", refreshIfVisible);
      window.removeEventListener("offline", check);
    };
  }, [refresh, check]);

  const connection = useMemo<Connection>(
    () => ({ refresh: () => void refresh(), leave }),
    [refresh, leave],
  );
  return (
    <ConnectionContext value={connection}>
      {children}
      <div role="status" className="fixed right-0 bottom-0 left-0 z-20 rail:left-12 names:left-52">
        {problem && <ProblemBar problem={problem} words={words} />}
      </div>
    </ConnectionContext>
  );
}

function ProblemBar({ problem, words }: { problem: PageProblem; words: ConnectedPageWords }) {
  const canReload = problem === "outdated" || problem === "otherPerson";
  return (
    <p className="border-t border-amber-line bg-amber-tint px-4 py-2 text-center text-amber">
      {words[problem]}{" "}
      {canReload && (
        <button type="button" onClick={() => location.reload()} className="min-h-7 px-2 underline">
          {words.reload}
        </button>
      )}
    </p>
  );
}
