"use client";

import { type FormEvent, useRef, useState, useTransition } from "react";
import type { Action } from "../actions/action.ts";
import { Button } from "../ui/button.tsx";
import { CONTROL_STYLE } from "../ui/control-style.ts";
import { Field } from "../ui/field.tsx";
import { Notice } from "../ui/notice.tsx";

type Words = Record<
  "new" | "newHint" | "newShort" | "again" | "againWrong" | "submit" | "submitting" | "offline",
  string
>;

/** Asks twice for a new password, and then goes on to `next`, a path of this site. */
export function ChoosePasswordForm({
  email,
  next,
  fewestCharacters,
  choose,
  words,
}: {
  email: string;
  next: string;
  fewestCharacters: number;
  choose: Action<{ newPassword: string }, null>;
  words: Words;
}) {
  const [errors, setErrors] = useState<{ wanted?: string; again?: string }>({});
  const [problem, setProblem] = useState<string | null>(null);
  const [isPending, startTransition] = useTransition();
  const wantedBox = useRef<HTMLInputElement>(null);
  const againBox = useRef<HTMLInputElement>(null);

  const send = (newPassword: string) =>
    startTransition(async () => {
      const result = await choose({ newPassword }).catch(() => null);
      if (result?.ok) return location.assign(next);
      setProblem(result?.message ?? words.offline);
      wantedBox.current?.select();
    });
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    // Not trimmed: a space at the end is part of a password.
    const form = new FormData(event.currentTarget);
    const [wanted, again] = ["wanted", "again"].map((name) => String(form.get(name) ?? ""));
    const isShort = (wanted ?? "").length < fewestCharacters;
    const isOther = wanted !== again;
    setErrors({
      ...(isShort ? { wanted: words.newShort } : {}),
      ...(isOther ? { again: words.againWrong } : {}),
    });
    setProblem(null);
    if (isShort) wantedBox.current?.focus();
    else if (isOther) againBox.current?.focus();
    else if (!isPending) send(wanted ?? "");
  };
  return (
    // With method="post", submitting before the script has loaded puts no password into an address.
    <form method="post" noValidate onSubmit={submit} className="flex flex-col gap-3">
      {/* For password managers: the account of this password. */}
      <input hidden readOnly name="email" autoComplete="username" value={email} />
      <Field label={words.new} hint={words.newHint} error={errors.wanted ?? null}>
        {(control) => (
          <input
            {...control}
            ref={wantedBox}
            name="wanted"
            // biome-ignore lint/a11y/noAutofocus: the page is this form
            autoFocus
            {...NEW_PASSWORD}
          />
        )}
      </Field>
      <Field label={words.again} error={errors.again ?? null}>
        {(control) => <input {...control} ref={againBox} name="again" {...NEW_PASSWORD} />}
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

const NEW_PASSWORD = {
  type: "password",
  autoComplete: "new-password",
  required: true,
  maxLength: 200,
  className: CONTROL_STYLE,
} as const;
