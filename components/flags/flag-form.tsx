import { useTranslations } from "next-intl";
import { type FormEvent, type ReactNode, type RefObject, useState } from "react";
import { Button } from "../ui/button.tsx";
import { CONTROL_STYLE } from "../ui/control-style.ts";
import { Field } from "../ui/field.tsx";
import type { FlagRequest } from "./flag-change.ts";
import { findLastReason, type Why } from "./last-reason.ts";

const FEWEST = 5;
const MOST = 500;

/** Why, and the button that names the act. Says what is wrong once it was tried, and keeps what was typed. */
export function FlagForm({
  request: { number, acceptsBsuid, ...request },
  reasonRef,
  isPending,
  canConfirm,
  onCancel,
  onConfirm,
  children,
}: {
  request: FlagRequest;
  reasonRef: RefObject<HTMLTextAreaElement | null>;
  isPending: boolean;
  canConfirm: boolean;
  onCancel: () => void;
  onConfirm: (why: Why) => void;
  children: ReactNode;
}) {
  const t = useTranslations("flagDialog");
  const [reason, setReason] = useState(request.reason);
  const [ticket, setTicket] = useState("");
  const [wasTried, setWasTried] = useState(false);
  const [last] = useState(findLastReason);
  const length = [...reason.trim()].length;
  const isReasonWrong = length < FEWEST || length > MOST;
  const isTicketWrong = ticket.trim() !== "" && !isHttps(ticket.trim());

  const confirm = (event: FormEvent) => {
    event.preventDefault();
    setWasTried(true);
    if (isReasonWrong) reasonRef.current?.focus();
    if (isReasonWrong || isTicketWrong || isPending) return;
    onConfirm({ reason: reason.trim(), ticketUrl: ticket.trim() || null });
  };
  const reuse = (why: Why) => {
    setReason(why.reason);
    setTicket(why.ticketUrl ?? "");
  };
  const reasonError = length > MOST ? t("reasonLong") : t("reasonShort");
  return (
    <form noValidate onSubmit={confirm} className="flex flex-col gap-4">
      <Field
        label={t("reason")}
        hint={t("reasonHint")}
        error={wasTried && isReasonWrong ? reasonError : null}
        aside={
          <span className="flex items-center gap-3 text-xs text-muted tabular-nums">
            {last && (
              <button type="button" className="min-h-6 underline" onClick={() => reuse(last)}>
                {t("lastReason")}
              </button>
            )}
            {t("reasonCount", { count: length })}
          </span>
        }
      >
        {(control) => (
          <textarea
            {...control}
            ref={reasonRef}
            rows={2}
            required
            value={reason}
            onChange={(event) => setReason(event.target.value)}
            className={CONTROL_STYLE}
          />
        )}
      </Field>
      <Field
        label={t("ticket")}
        hint={t("ticketHint")}
        error={wasTried && isTicketWrong ? t("ticketWrong") : null}
      >
        {(control) => (
          <input
            {...control}
            type="url"
            inputMode="url"
            maxLength={2_000}
            value={ticket}
            onChange={(event) => setTicket(event.target.value)}
            className={CONTROL_STYLE}
          />
        )}
      </Field>
      {children}
      <div className="flex flex-wrap justify-end gap-2">
        <Button onClick={onCancel}>{canConfirm ? t("cancel") : t("close")}</Button>
        {canConfirm && (
          <Button type="submit" variant="primary" aria-disabled={isPending}>
            {isPending
              ? t("saving")
              : t(acceptsBsuid ? "enable" : "disable", { label: number.label })}
          </Button>
        )}
      </div>
    </form>
  );
}

function isHttps(value: string): boolean {
  return URL.canParse(value) && new URL(value).protocol === "https:";
}
