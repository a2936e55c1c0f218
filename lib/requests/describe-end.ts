import type { RequestRecord } from "../flags/pending/request-record.ts";

const MINUTE_MS = 60_000;

type Ended = Pick<
  RequestRecord,
  "state" | "at" | "requestedBy" | "decidedBy" | "decision" | "why"
> & { decidedAt: Date | null; endedAt: Date | null };

/** What became of a request, in a sentence for whoever comes too late. */
export function describeEnd(request: Ended, now: Date): string {
  const { state, at, requestedBy, decidedBy, decidedAt, endedAt, decision, why } = request;
  const changedAt = decidedAt ?? endedAt;
  const when = changedAt ? describeTime(changedAt, now) : "before";
  const who = decidedBy?.name ?? "The console";
  switch (state) {
    case "open":
      return "It is open.";
    case "approved":
      return `${who} approved it ${when}, and it was carried out.`;
    case "scheduled":
      return `${who} approved it ${when}, to be carried out at ${toMinute(new Date(at ?? now))}.`;
    case "declined":
      return `${who} declined it ${when}: ${decision ?? ""}`;
    case "withdrawn":
      return why ? `It was withdrawn ${when}. ${why}` : `${requestedBy.name} withdrew it ${when}.`;
    case "void":
      return `It is void. ${why ?? ""}`.trim();
    case "expired":
      return `It expired. ${why ?? ""}`.trim();
    case "failed":
      return `It failed. ${why ?? ""}`.trim();
  }
}

function describeTime(at: Date, now: Date): string {
  return now.getTime() - at.getTime() < MINUTE_MS ? "a moment ago" : `at ${toMinute(at)}`;
}

/** A time for people whose zone is not known. */
export function toMinute(at: Date): string {
  return `${at.toISOString().slice(0, 16).replace("T", " ")} UTC`;
}
