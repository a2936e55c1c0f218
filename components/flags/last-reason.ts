export type Why = { reason: string; ticketUrl: string | null };

const KEY = "last-reason";

/** The reason of this browser session's last change, offered again for the next number. */
export function keepLastReason(why: Why): void {
  try {
    sessionStorage.setItem(KEY, JSON.stringify(why));
  } catch {
    // A browser that keeps nothing loses a convenience.
  }
}

export function findLastReason(): Why | null {
  try {
    const kept: unknown = JSON.parse(sessionStorage.getItem(KEY) ?? "null");
    return isWhy(kept) ? kept : null;
  } catch {
    return null;
  }
}

function isWhy(value: unknown): value is Why {
  return typeof value === "object" && value !== null && "reason" in value && "ticketUrl" in value;
}
