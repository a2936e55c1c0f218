import type { Route } from "next";
import Link from "next/link";
import { useTranslations } from "next-intl";
import type { NoticePage } from "#lib/notices/list-notices.ts";
import { DIGEST, isNoticeKind, type NoticeKind } from "#lib/notices/notice-kinds.ts";
import { readText } from "#lib/notices/read-facts.ts";
import { isolate } from "../ui/isolate.ts";

type Notice = NoticePage["items"][number];
type Facts = NoticePage["facts"];

/** What happened, as a link to it where there is a page of it. */
export function NoticeSentence({ notice, facts }: { notice: Notice; facts: Facts }) {
  const text = useSentence(notice, facts);
  const href = toHref(notice);
  if (href === null) return text;
  return (
    <Link href={href} prefetch={false} className="hover:underline">
      {text}
    </Link>
  );
}

function useSentence({ kind, subject, data, count }: Notice, facts: Facts): string {
  const t = useTranslations("notices");
  if (kind === DIGEST || !isNoticeKind(kind)) return t("sentence.digest", { count });
  const sentence: Record<NoticeKind, () => string> = {
    "request.opened": () => t("sentence.request.opened", toRequestValues(subject, facts)),
    "request.outcome": () => t("sentence.request.outcome", toRequestValues(subject, facts)),
    "schedule.done": () => t("sentence.schedule.done", toScheduleValues(subject, facts)),
    "schedule.failed": () => t("sentence.schedule.failed", toScheduleValues(subject, facts)),
    "flag.required": () => {
      const phoneNumberId = readText(data, "phoneNumberId") ?? "";
      const label = facts.numbers.get(phoneNumberId) ?? phoneNumberId;
      return t("sentence.flag.required", { count, label: isolate(label) });
    },
    "flag.forced": () => {
      const { by = "", isReviewed = false } = facts.forced.get(subject) ?? {};
      return t("sentence.flag.forced", { who: isolate(by), isReviewed: String(isReviewed) });
    },
    "audit.broken": () => t("sentence.audit.broken"),
    "webhook.switched_off": () => t("sentence.webhook.switched_off"),
  };
  return sentence[kind]();
}

function toRequestValues(subject: string, { requests }: Facts) {
  const request = requests.get(subject);
  return {
    who: isolate(request?.requester ?? ""),
    decider: isolate(request?.decider ?? ""),
    count: request?.numbers ?? 0,
    about: request?.isLifting ? "rule" : "numbers",
    state: request?.state ?? "open",
  };
}

function toScheduleValues(subject: string, { schedules }: Facts) {
  const { numbers, state } = schedules.get(subject) ?? { numbers: 0, state: "failed" };
  return { count: numbers, state };
}

function toHref({ kind, subject, data, count }: Notice): Route | null {
  if (!isNoticeKind(kind)) return null;
  switch (kind) {
    case "request.opened":
    case "request.outcome":
      return `/requests/${subject}` as Route;
    case "schedule.done":
    case "schedule.failed":
      return `/schedule/${subject}` as Route;
    case "flag.required": {
      const phoneNumberId = readText(data, "phoneNumberId");
      const isOne = count === 1 && phoneNumberId !== null;
      return (isOne ? `/numbers/${phoneNumberId}` : `/batches/${subject}`) as Route;
    }
    case "flag.forced":
      return "/requests/forced";
    case "audit.broken":
      return "/audit";
    case "webhook.switched_off":
      return `/webhooks/${subject}` as Route;
  }
}
