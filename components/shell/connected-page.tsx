"use client";

import { useRouter } from "next/navigation";
import { type ReactNode, startTransition, useCallback, useEffect, useMemo, useState } from "react";
import { useLive } from "../live/use-live.ts";
import { type Connection, ConnectionContext } from "../ui/connection.tsx";
import { askPulse, type PageProblem } from "./ask-pulse.ts";
import { usePlainLinks } from "./use-plain-links.ts";

const EVERY_MS = 15_000;
/** A live page looks less often for what no change announces, such as a runtime that falls silent. */
const EVERY_MS_LIVE = 60_000;

type Problem = PageProblem | "notLive";

export type ConnectedPageWords = Record<Problem | "reload", string>;

/**
 * Refreshes a page when what it shows has changed, and when it becomes visible; every 15 s while it hears of
 * no changes. Asks first whether the console answers, the person is still signed in and the build is the
 * same, so that nothing on the page is lost; else says at the foot what is wrong.
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
  const isLive = useLive(personId, refresh);
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
    const timer = setInterval(refreshIfVisible, isLive ? EVERY_MS_LIVE : EVERY_MS);
    const leaving = new AbortController();
    document.addEventListener("visibilitychange", refreshIfVisible, leaving);
    window.addEventListener("online", refreshIfVisible, leaving);
    window.addEventListener("offline", check, leaving);
    return () => {
      clearInterval(timer);
      leaving.abort();
    };
  }, [refresh, check, isLive]);

  const connection = useMemo<Connection>(() => ({ refresh, leave }), [refresh, leave]);
  const said = problem ?? (isLive === false ? "notLive" : null);
  return (
    <ConnectionContext value={connection}>
      {children}
      <div
        role="status"
        data-live={isLive}
        className="fixed right-0 bottom-0 left-0 z-20 rail:left-12 names:left-52"
      >
        {said && <ProblemBar problem={said} words={words} />}
      </div>
    </ConnectionContext>
  );
}

function ProblemBar({ problem, words }: { problem: Problem; words: ConnectedPageWords }) {
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
