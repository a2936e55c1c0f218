"use client";

import { signIn } from "next-auth/react";
import { type FormEvent, useRef, useState, useTransition } from "react";
import { Button } from "../ui/button.tsx";
import { CONTROL_STYLE } from "../ui/control-style.ts";
import { Field } from "../ui/field.tsx";
import { Notice } from "../ui/notice.tsx";

/** Signs in with e-mail and password, and then goes on to `next`, a path of this site. */
export function SignInForm({
  next,
  words,
}: {
  next: string;
  words: {
    email: string;
    password: string;
    submit: string;
    submitting: string;
    wrong: string;
    failed: string;
    /** Contains `{seconds}`. */
    throttled: string;
  };
}) {
  const [problem, setProblem] = useState<string | null>(null);
  const [isPending, startTransition] = useTransition();
  const password = useRef<HTMLInputElement>(null);

  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    if (isPending) return;
    const credentials = Object.fromEntries(new FormData(event.currentTarget));
    setProblem(null);
    startTransition(async () => {
      // Without a callbackUrl next-auth takes this page's address, whose own `error` would count as this
      // attempt's.
      const how = { callbackUrl: next, redirect: false } as const;
      const result = await signIn("credentials", { ...credentials, ...how }).catch(() => null);
      if (result?.ok && !result.error) {
        location.assign(next);
        return;
      }
      setProblem(toProblem(result?.error, words));
      password.current?.select();
    });
  };
  return (
    // With method="post", submitting before the script has loaded puts no password into an address.
    <form
      method="post"
      action="/api/auth/callback/credentials"
      onSubmit={submit}
      className="flex flex-col gap-3"
    >
      <Field label={words.email}>
        {(control) => (
          <input
            {...control}
            name="email"
            type="email"
            autoComplete="username"
            required
            // biome-ignore lint/a11y/noAutofocus: the page is this form
            autoFocus
            className={CONTROL_STYLE}
          />
        )}
      </Field>
      <Field label={words.password}>
        {(control) => (
          <input
            {...control}
            ref={password}
            name="password"
            type="password"
            autoComplete="current-password"
            required
            className={CONTROL_STYLE}
          />
        )}
      </Field>
      {problem && (
        <Notice tone="danger" isAlert>
          {problem}
        </Notice>
      )}
      <Button type="submit" variant="primary" aria-disabled={isPending}>
        {isPending ? words.submitting : words.submit}
      </Button>
    </form>
  );
}

type Words = { wrong: string; failed: string; throttled: string };

function toProblem(error: string | null | undefined, { wrong, failed, throttled }: Words): string {
  const seconds = /^RATE_LIMITED\.(\d+)$/.exec(error ?? "")?.[1];
  if (seconds !== undefined) return throttled.replace("{seconds}", seconds);
  return error === "CredentialsSignin" ? wrong : failed;
}
