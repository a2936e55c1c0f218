"use client";

import { useTransition } from "react";
import { Button } from "../ui/button.tsx";

/** next-auth's client is loaded on the press: it would weigh on every page otherwise. */
export function SignOutButton({ name, pendingName }: { name: string; pendingName: string }) {
  const [isPending, startTransition] = useTransition();
  const leave = async () => {
    const { signOut } = await import("next-auth/react");
    await signOut({ callbackUrl: "/sign-in" });
  };
  return (
    <Button disabled={isPending} onClick={() => startTransition(leave)}>
      {isPending ? pendingName : name}
    </Button>
  );
}
