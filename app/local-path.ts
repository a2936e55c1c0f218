export const HOME = "/numbers";

/**
 * Where to go after signing in: the requested path if it is one of ours, else the home page. An address
 * that a browser could read as another site's is refused.
 */
export function toLocalPath(asked: string | undefined): string {
  if (asked === undefined || !/^\/(?![/\\])[^\\\s]*$/.test(asked)) return HOME;
  const base = "http://console.invalid";
  if (!URL.canParse(asked, base)) return HOME;
  const url = new URL(asked, base);
  const isElsewhere = url.origin !== base || url.pathname.startsWith("//");
  const isLoop = /^\/(?:sign-in|choose-password|api|pulse)(?:\/|$)/.test(url.pathname);
  return isElsewhere || isLoop ? HOME : `${url.pathname}${url.search}`;
}
