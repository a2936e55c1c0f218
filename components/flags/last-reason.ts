export type LastReason = { reason: string; ticketUrl: string | null };

const KEY = "last-reason";

/** Stores the reason of this browser session's last change, to offer it for the next number. */
export function keepLastReason(last: LastReason): void {
  try {
    sessionStorage.setItem(KEY, JSON.stringify(last));
  } catch {
    // Without storage only a convenience is lost.
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
