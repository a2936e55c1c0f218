"use client";

import { useEffect } from "react";
import { useConnection } from "../ui/connection.tsx";

const SECONDS_IN_A_YEAR = 31_536_000;

/** Sends the browser's time zone to the server, when the page was rendered in another one. */
export function TimeZoneCookie({ timeZone, cookieName }: { timeZone: string; cookieName: string }) {
  const { refresh } = useConnection();
  useEffect(() => {
    const actual = Intl.DateTimeFormat().resolvedOptions().timeZone;
    if (actual === timeZone) return;
    const secure = location.protocol === "https:" ? "; secure" : "";
    // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store API is missing in some browsers
    document.cookie = `${cookieName}=${actual}; path=/; max-age=${SECONDS_IN_A_YEAR}; samesite=lax${secure}`;
    if (document.cookie.includes(`${cookieName}=`)) refresh();
  }, [refresh, timeZone, cookieName]);
  return null;
}
