import { useTranslations } from "next-intl";
import type { ComponentProps } from "react";
import type { InboundMessage, MessageStatus, OtherEvent } from "#sdk/rules.ts";
import { decideBoth, pickDecision, toWebhooks } from "./decide-entry.ts";
import { EntryDecision } from "./entry-decision.tsx";
import { EntryFrame } from "./entry-frame.tsx";
import { IdentityFacts } from "./identity-facts.tsx";
import type { PayloadEntry } from "./read-payload.ts";
import { Webhooks } from "./webhooks.tsx";

/** One item of a payload: what it is, the decision and why, and the business's webhook. */
export function Entry({
  entry,
  numberName,
  acceptsBsuid,
  isOpen,
}: {
  entry: PayloadEntry;
  /** The number's name; null where the item names none. */
  numberName: string | null;
  /** Null while it is not known. */
  acceptsBsuid: boolean | null;
  /** Whether its webhooks are unfolded at first. */
  isOpen: boolean;
}) {
  switch (entry.kind) {
    case "message":
      return <Message {...{ entry, numberName, acceptsBsuid, isOpen }} />;
    case "status":
      return <Status {...{ entry, numberName, acceptsBsuid, isOpen }} />;
    case "identity_change":
      return (
        <Frame entry={entry} name={entry.source} numberName={numberName}>
          <Why of={entry.kind} />
          <IdentityFacts change={entry} />
        </Frame>
      );
    case "other":
      return (
        <Frame entry={entry} name={entry.field} numberName={numberName}>
          <Other event={entry} />
        </Frame>
      );
    case "problem":
      return (
        <Frame entry={entry} name={entry.messageId} numberName={numberName} isProblem>
          <p>{entry.message}</p>
          <Why of={entry.kind} />
        </Frame>
      );
  }
}

function Message({
  entry,
  numberName,
  acceptsBsuid,
  isOpen,
}: Omit<Parameters<typeof Entry>[0], "entry"> & { entry: InboundMessage }) {
  const t = useTranslations("simulator");
  const both = decideBoth(entry.customer);
  const decision = pickDecision(both, acceptsBsuid);
  return (
    <Frame
      entry={entry}
      name={entry.id}
      numberName={numberName}
      aside={
        <>
          <span>{t(`caseOf.${(decision ?? both.off).case}`)}</span>
          <EntryDecision decision={decision} />
        </>
      }
    >
      <p>
        {decision?.why ?? t(`why.undecided.${both.off.action === "refuse" ? "refuse" : "drop"}`)}
      </p>
      {entry.isChatOpening && both.off.action === "drop" && <p>{t("why.chatOpening")}</p>}
      <Webhooks
        webhooks={toWebhooks(entry)}
        acceptsBsuid={acceptsBsuid}
        noneText={t(`none.${both.off.action}`)}
        isOpen={isOpen}
      />
    </Frame>
  );
}

function Status({
  entry,
  numberName,
  acceptsBsuid,
  isOpen,
}: Omit<Parameters<typeof Entry>[0], "entry"> & { entry: MessageStatus }) {
  return (
    <Frame
      entry={entry}
      name={entry.id}
      numberName={numberName}
      aside={<span>{entry.status}</span>}
    >
      <Why of={entry.kind} />
      <Webhooks
        webhooks={toWebhooks(entry)}
        acceptsBsuid={acceptsBsuid}
        noneText=""
        isOpen={isOpen}
      />
    </Frame>
  );
}

function Other({ event }: { event: OtherEvent }) {
  const t = useTranslations("simulator");
  return <p>{t("why.other", { field: event.field })}</p>;
}

function Why({ of }: { of: "status" | "identity_change" | "problem" }) {
  const t = useTranslations("simulator");
  return <p className="text-muted">{t(`why.${of}`)}</p>;
}

function Frame({
  entry,
  numberName,
  ...rest
}: Omit<ComponentProps<typeof EntryFrame>, "kind" | "place"> & {
  entry: PayloadEntry;
  numberName: string | null;
}) {
  const t = useTranslations("simulator");
  const place = (
    <>
      {numberName && <>{numberName} · </>}
      <span className="font-mono">{entry.path}</span>
    </>
  );
  return <EntryFrame kind={t(`kind.${entry.kind}`)} place={place} {...rest} />;
}
