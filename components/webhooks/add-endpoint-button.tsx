"use client";

import { useTranslations } from "next-intl";
import { ActionButton } from "../actions/action-button.tsx";
import { ActionDialog } from "../actions/action-dialog.tsx";
import { readText, TextField } from "../actions/fields.tsx";
import { SecretOnce } from "../actions/secret-once.tsx";
import { useToasts } from "../ui/toasts.tsx";
import type { CreateEndpoint } from "./endpoint-actions.ts";
import { EventsField, readEvents } from "./events-field.tsx";
import { useEndpointCheck } from "./use-endpoint-check.ts";

/** Adds an endpoint, and shows its secret once. */
export function AddEndpointButton({ create }: { create: CreateEndpoint }) {
  const t = useTranslations("endpointActions");
  return (
    <ActionButton
      variant="primary"
      dialog={(openerId) => <AddEndpointDialog openerId={openerId} create={create} />}
    >
      {t("add")}
    </ActionButton>
  );
}

function AddEndpointDialog({ openerId, create }: { openerId: string; create: CreateEndpoint }) {
  const t = useTranslations("endpointActions");
  const { say } = useToasts();
  const check = useEndpointCheck();
  return (
    <ActionDialog
      title={t("addTitle")}
      description={<p>{t("addMeans")}</p>}
      openerId={openerId}
      confirmName={t("add")}
      check={check}
      action={(form) => create({ url: readText(form, "url"), events: readEvents(form) })}
      onDone={({ secret }) => {
        say({ text: t("added"), undo: null, returnFocusTo: openerId });
        return <SecretOnce name={t("secret")} hint={t("secretHint")} secret={secret} />;
      }}
    >
      <TextField
        name="url"
        type="url"
        label={t("url")}
        hint={t("urlHint")}
        autoComplete="off"
        maxLength={2_000}
      />
      <EventsField chosen={[]} />
    </ActionDialog>
  );
}
