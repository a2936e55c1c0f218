export type LastReason = { reason: string; ticketUrl: string | null };

const KEY = "last-reason";

/** The reason of this browser session's last change, offered again for the next number. */
export function keepLastReason(last: LastReason): void {
  try {
    sessionStorage.setItem(KEY, JSON.stringify(last));
  } catch {
    // A browser that keeps nothing loses a convenience.
  }
}

export function findLastReason(): LastReason | null {
  try {
    const kept: unknown = JSON.parse(sessionStorage.getItem(KEY) ?? "null");
    return isLastReason(kept) ? kept : null;
  } catch {
    return null;
  }
}

function isLastReason(value: unknown): value is LastReason {
  return typeof value === "object" && value !== null && "reason" in value && "ticketUrl" in value;
}
