"use client";

import { useTranslations } from "next-intl";
import { type ReactNode, useState } from "react";
import type { ActionResult } from "../actions/action.ts";
import { ActionDialog } from "../actions/action-dialog.tsx";
import { ReasonField, readText, useReasonCheck } from "../actions/fields.tsx";
import { isTicketUrl } from "../actions/reason-rules.ts";
import { TicketField } from "../flags/ticket-field.tsx";

type Why = { reason: string; ticketUrl: string | null };

/** A dialog for an action that takes a reason and a ticket. */
export function ReasonDialog<Value>({
  title,
  description,
  confirmName,
  openerId,
  action,
  onDone,
}: {
  title: string;
  description: ReactNode;
  confirmName: string;
  openerId: string;
  action: (why: Why) => Promise<ActionResult<Value>>;
  onDone: (value: Value) => void;
}) {
  const t = useTranslations("flagDialog");
  const [ticketUrl, setTicketUrl] = useState("");
  const checkReason = useReasonCheck();
  return (
    <ActionDialog
      title={title}
      description={description}
      openerId={openerId}
      confirmName={confirmName}
      check={(form) => ({
        ...checkReason(form),
        ticketUrl: isTicketUrl(readText(form, "ticketUrl")) ? null : t("ticketWrong"),
      })}
      action={(form) =>
        action({
          reason: readText(form, "reason"),
          ticketUrl: readText(form, "ticketUrl") || null,
        })
      }
      onDone={(value) => {
        onDone(value);
        return null;
      }}
    >
      <ReasonField />
      <TicketField value={ticketUrl} onChange={setTicketUrl} />
    </ActionDialog>
  );
}
