"use client";

import { useEffect } from "react";
import { COOKIES, toCookieName } from "#lib/http/own-cookies.ts";
import { useConnection } from "../ui/connection.tsx";

const SECONDS_IN_A_YEAR = 31_536_000;

/** Tells the server the browser's time zone, when it is not the one the page was written in. */
export function TimeZoneCookie({ timeZone }: { timeZone: string }) {
  const { refresh } = useConnection();
  useEffect(() => {
    const actual = Intl.DateTimeFormat().resolvedOptions().timeZone;
    if (actual === timeZone) return;
    // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store API is missing in some browsers
    document.cookie = toCookie(actual, location.origin);
    if (document.cookie.includes("time-zone=")) refresh();
  }, [refresh, timeZone]);
  return null;
}

function toCookie(timeZone: string, ownUrl: string): string {
  const secure = ownUrl.startsWith("https:") ? "; secure" : "";
  const name = toCookieName(COOKIES.timeZone, ownUrl);
  return `${name}=${timeZone}; path=/; max-age=${SECONDS_IN_A_YEAR}; samesite=lax${secure}`;
}
