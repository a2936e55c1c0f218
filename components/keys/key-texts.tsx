import { type Locale, type Messages, NextIntlClientProvider } from "next-intl";
import type { ReactNode } from "react";

/** The texts of what the keys open, which the page passes on and does not use. */
export type KeyTexts = { locale: Locale; messages: Pick<Messages, "keys" | "state"> };

/** Gives its children the texts. */
export function WithKeyTexts({ texts, children }: { texts: KeyTexts; children: ReactNode }) {
  return (
    <NextIntlClientProvider {...texts} timeZone={Intl.DateTimeFormat().resolvedOptions().timeZone}>
      {children}
    </NextIntlClientProvider>
  );
}
