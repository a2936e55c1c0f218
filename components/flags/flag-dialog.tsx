"use client";

import { type Locale, type Messages, NextIntlClientProvider, useTranslations } from "next-intl";
import { useRef, useState } from "react";
import { ActionDialog } from "../actions/action-dialog.tsx";
import { ActionProblem } from "../actions/action-problem.tsx";
import { ReasonInput, useReasonError } from "../actions/fields.tsx";
import { isTicketUrl } from "../actions/reason-rules.ts";
import { isolate } from "../ui/isolate.ts";
import { Notice } from "../ui/notice.tsx";
import type { FlagRequest, SetFlag } from "./flag-change.ts";
import { FlagConsequences } from "./flag-consequences.tsx";
import { FlagNeighbours } from "./flag-neighbours.tsx";
import type { FlagNumber } from "./flag-number.ts";
import { FlagWeek } from "./flag-week.tsx";
import { findLastReason, keepLastReason } from "./last-reason.ts";
import { StaleNumber } from "./stale-number.tsx";
import { TicketField } from "./ticket-field.tsx";
import { useCurrentNumber } from "./use-current-number.ts";
import { useFlagToast } from "./use-flag-toast.tsx";

type Props = { request: FlagRequest; setFlag: SetFlag };

/** The texts of the dialog, which are loaded with it and not with the page. */
export type FlagDialogMessages = Pick<Messages, "flagDialog" | "actions">;

/** The dialog that changes one number's flag. Loads its own texts, so that the page need not. */
export function FlagDialog({
  locale,
  messages,
  ...props
}: Props & { locale: Locale; messages: FlagDialogMessages }) {
  return (
    <NextIntlClientProvider
      locale={locale}
      timeZone={Intl.DateTimeFormat().resolvedOptions().timeZone}
      messages={messages}
    >
      <Content {...props} />
    </NextIntlClientProvider>
  );
}

const TEXTS = {
  on: ["enableTitle", "enable"],
  off: ["disableTitle", "disable"],
} as const;
/** Where it becomes a request. */
const TEXTS_OF_REQUEST = {
  on: ["askToEnableTitle", "askToEnable"],
  off: ["askToDisableTitle", "askToDisable"],
} as const;

function Content({ request, setFlag }: Props) {
  const { number, acceptsBsuid, needsTwoPeople, openerId } = request;
  const texts = needsTwoPeople ? TEXTS_OF_REQUEST : TEXTS;
  const [title, confirm] = texts[acceptsBsuid ? "on" : "off"];
  const t = useTranslations("flagDialog");
  const reasonBox = useRef<HTMLTextAreaElement>(null);
  const { current, setCurrent, isNews } = useCurrentNumber(number);
  const [reason, setReason] = useState(request.reason);
  const [ticketUrl, setTicketUrl] = useState("");
  const [last] = useState(findLastReason);
  const toReasonError = useReasonError();
  const sayFlag = useFlagToast({ number, setFlag });

  // Always against the version last shown, so that nobody's change is overwritten unseen.
  const action = async () => {
    const why = { reason: reason.trim(), ticketUrl: ticketUrl.trim() || null };
    const { phoneNumberId, flagVersion: expectedVersion } = current;
    const result = await setFlag({ phoneNumberId, acceptsBsuid, expectedVersion, ...why });
    if (result.ok) {
      keepLastReason(why);
      return { ...result, value: { ...result.value, why } };
    }
    if (result.current) setCurrent(result.current);
    return { ...result, seen: current };
  };
  return (
    <ActionDialog
      title={t(title)}
      description={<NumberLine number={number} />}
      openerId={openerId}
      initialFocus={reasonBox}
      confirmName={t(confirm, { label: isolate(number.label) })}
      canConfirm={current.acceptsBsuid !== acceptsBsuid && current.retiredAt === null}
      check={() => ({
        reason: toReasonError(reason),
        ticketUrl: isTicketUrl(ticketUrl) ? null : t("ticketWrong"),
      })}
      action={action}
      onDone={(value) => {
        sayFlag(value);
        return null;
      }}
      showProblem={(problem) =>
        problem.code === "PRECONDITION_FAILED" && problem.current ? (
          <StaleNumber seen={problem.seen} current={problem.current} />
        ) : (
          <ActionProblem problem={problem} />
        )
      }
      news={isNews && <StaleNumber seen={number} current={current} />}
    >
      {needsTwoPeople && <Notice>{t("becomesRequest")}</Notice>}
      <FlagWeek number={number} acceptsBsuid={acceptsBsuid} />
      <FlagConsequences acceptsBsuid={acceptsBsuid} isOnceApproved={needsTwoPeople} />
      <p>
        <a
          href={`/simulator?number=${number.phoneNumberId}`}
          target="_blank"
          rel="noreferrer"
          className="underline underline-offset-2"
        >
          {t("seeWebhooks")}
        </a>
      </p>
      <FlagNeighbours number={number} acceptsBsuid={acceptsBsuid} />
      <ReasonInput boxRef={reasonBox} value={reason} onChange={setReason}>
        {last && (
          <button
            type="button"
            className="min-h-6 underline"
            onClick={() => {
              setReason(last.reason);
              setTicketUrl(last.ticketUrl ?? "");
            }}
          >
            {t("lastReason")}
          </button>
        )}
      </ReasonInput>
      <TicketField value={ticketUrl} onChange={setTicketUrl} />
    </ActionDialog>
  );
}

function NumberLine({ number }: { number: FlagNumber }) {
  return (
    <p>
      <strong className="font-medium text-text">
        <bdi>{number.label}</bdi>
      </strong>{" "}
      <span className="whitespace-nowrap tabular-nums">{number.displayPhoneNumber}</span> ·{" "}
      <bdi>{number.accountName}</bdi>
    </p>
  );
}
