import type { Metadata, Viewport } from "next";
import { headers } from "next/headers";
import { getLocale, getTranslations } from "next-intl/server";
import { ThemeProvider } from "next-themes";
import type { ReactNode } from "react";
import { ErrorTextProvider } from "#components/ui/error-text.tsx";
import { inter, interExtended } from "./fonts.ts";
import "./globals.css";

export const viewport: Viewport = { colorScheme: "light dark" };

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("product");
  const name = t("name");
  return { title: { default: name, template: `%s · ${name}` }, robots: { index: false } };
}

export default async function RootLayout({ children }: { children: ReactNode }) {
  const t = await getTranslations("error");
  const nonce = (await headers()).get("x-nonce") ?? "";
  const errorText = {
    title: t("title"),
    hint: t("hint"),
    digest: t("digest"),
    retry: t("retry"),
  };
  return (
    <html
      lang={await getLocale()}
      className={`${inter.variable} ${interExtended.variable}`}
      // next-themes sets the theme before React hydrates.
      suppressHydrationWarning
    >
      <body>
        <ThemeProvider attribute="data-theme" nonce={nonce}>
          <ErrorTextProvider text={errorText}>{children}</ErrorTextProvider>
        </ThemeProvider>
      </body>
    </html>
  );
}
