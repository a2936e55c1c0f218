import { useTranslations } from "next-intl";
import { type FormEvent, type ReactNode, type RefObject, useState } from "react";
import { isReason, isTicketUrl } from "../actions/reason-rules.ts";
import { Button } from "../ui/button.tsx";
import { DialogFoot } from "../ui/dialog-foot.tsx";
import { isolate } from "../ui/isolate.ts";
import type { FlagRequest } from "./flag-change.ts";
import { findLastReason, type Why } from "./last-reason.ts";
import { ReasonField } from "./reason-field.tsx";
import { TicketField } from "./ticket-field.tsx";

/** Why, and the button that names the act. Says what is wrong once it was tried, and keeps what was typed. */
export function FlagForm({
  request: { number, acceptsBsuid, ...request },
  reasonRef,
  isPending,
  canConfirm,
  onCancel,
  onConfirm,
  problem,
  children,
}: {
  request: FlagRequest;
  reasonRef: RefObject<HTMLTextAreaElement | null>;
  isPending: boolean;
  canConfirm: boolean;
  onCancel: () => void;
  onConfirm: (why: Why) => void;
  /** Why it was refused, shown where the button is. */
  problem: ReactNode;
  /** What is to be read before the reason. */
  children: ReactNode;
}) {
  const t = useTranslations("flagDialog");
  const [reason, setReason] = useState(request.reason);
  const [ticket, setTicket] = useState("");
  const [wasTried, setWasTried] = useState(false);
  const [last] = useState(findLastReason);

  const confirm = (event: FormEvent) => {
    event.preventDefault();
    setWasTried(true);
    if (!isReason(reason)) reasonRef.current?.focus();
    if (!isReason(reason) || !isTicketUrl(ticket) || isPending) return;
    onConfirm({ reason: reason.trim(), ticketUrl: ticket.trim() || null });
  };
  const reuse = (why: Why) => {
    setReason(why.reason);
    setTicket(why.ticketUrl ?? "");
  };
  return (
    <form noValidate onSubmit={confirm} className="flex flex-col gap-4 px-4 pt-4 sm:px-5">
      {children}
      <ReasonField
        boxRef={reasonRef}
        value={reason}
        wasTried={wasTried}
        onChange={setReason}
        onReuse={last ? () => reuse(last) : null}
      />
      <TicketField value={ticket} wasTried={wasTried} onChange={setTicket} />
      <DialogFoot problem={problem}>
        <Button onClick={onCancel}>{canConfirm ? t("cancel") : t("close")}</Button>
        {canConfirm && (
          <Button type="submit" variant="primary" aria-disabled={isPending}>
            <span className="wrap-anywhere">
              {isPending
                ? t("saving")
                : t(acceptsBsuid ? "enable" : "disable", { label: isolate(number.label) })}
            </span>
          </Button>
        )}
      </DialogFoot>
    </form>
  );
}
