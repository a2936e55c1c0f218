import { type Messages, NextIntlClientProvider } from "next-intl";
import { getLocale, getMessages, getTimeZone } from "next-intl/server";
import type { ReactNode } from "react";
import { DialogProvider } from "#components/actions/dialog-provider.tsx";

/**
 * Wraps pages with action dialogs: holds the one open dialog, and gives the browser the texts that
 * dialogs use.
 */
export async function ActionDialogs({
  words,
  children,
}: {
  /** The catalogue's namespaces that this page's dialogs use, besides those of every dialog. */
  words: readonly (keyof Messages)[];
  children: ReactNode;
}) {
  const messages = await getMessages();
  const needed = [...words, "actions", "role"] as const;
  return (
    <NextIntlClientProvider
      locale={await getLocale()}
      timeZone={await getTimeZone()}
      messages={Object.fromEntries(needed.map((name) => [name, messages[name]]))}
    >
      <DialogProvider>{children}</DialogProvider>
    </NextIntlClientProvider>
  );
}
