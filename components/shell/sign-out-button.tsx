"use client";

import { useState, useTransition } from "react";
import { Button } from "../ui/button.tsx";
import { useConnection } from "../ui/connection.tsx";
import { askPulse } from "./ask-pulse.ts";
import { signOutHere } from "./sign-out-here.ts";

/**
 * Signs out the person that the page was rendered for. If somebody else has signed in meanwhile, they
 * stay, and the page's foot says so.
 */
export function SignOutButton({
  personId,
  words,
}: {
  personId: string;
  words: Record<"signOut" | "signingOut" | "signOutFailed", string>;
}) {
  const { refresh } = useConnection();
  const [hasFailed, setHasFailed] = useState(false);
  const [isPending, startTransition] = useTransition();
  const leave = async () => {
    setHasFailed(false);
    const problem = await askPulse(personId);
    if (problem === "otherPerson") return refresh();
    await signOutHere().catch(() => {
      setHasFailed(true);
      refresh();
    });
  };
  return (
    <>
      <Button disabled={isPending} onClick={() => startTransition(leave)}>
        {isPending ? words.signingOut : words.signOut}
      </Button>
      {hasFailed && (
        <p role="alert" className="basis-full text-right text-red">
          {words.signOutFailed}
        </p>
      )}
    </>
  );
}
