"use client";

import { signIn } from "next-auth/react";
import { useTransition } from "react";
import { Button } from "../ui/button.tsx";

/** Signs in at the OpenID provider, and returns to `next`, a path of this site. */
export function OpenIdButton({
  next,
  words,
}: {
  next: string;
  words: { openId: string; openIdPending: string };
}) {
  const [isPending, startTransition] = useTransition();
  const leave = async () => {
    await signIn("openid", { callbackUrl: next });
  };
  return (
    <Button
      variant="primary"
      aria-disabled={isPending}
      onClick={() => isPending || startTransition(leave)}
    >
      {isPending ? words.openIdPending : words.openId}
    </Button>
  );
}
