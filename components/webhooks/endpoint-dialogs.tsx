"use client";

import { useTranslations } from "next-intl";
import { ActionDialog } from "../actions/action-dialog.tsx";
import { readText, TextField } from "../actions/fields.tsx";
import { SecretOnce } from "../actions/secret-once.tsx";
import { useToasts } from "../ui/toasts.tsx";
import type {
  DeleteEndpoint,
  RotateSecret,
  TargetEndpoint,
  UpdateEndpoint,
} from "./endpoint-actions.ts";
import { EventsField, readEvents } from "./events-field.tsx";
import { useEndpointCheck } from "./use-endpoint-check.ts";

type Opened = { endpoint: TargetEndpoint; openerId: string };

/** Changes where an endpoint is, what it is told of, and whether it is on. */
export function ChangeDialog({
  endpoint: { id: endpointId, url, events, isOn },
  openerId,
  update,
}: Opened & { update: UpdateEndpoint }) {
  const t = useTranslations("endpointActions");
  const { say } = useToasts();
  const check = useEndpointCheck();
  const action = (form: FormData) =>
    update({
      endpointId,
      url: readText(form, "url"),
      events: readEvents(form),
      isOn: form.has("isOn"),
    });
  return (
    <ActionDialog
      title={t("changeTitle")}
      description={<p>{t("changeMeans")}</p>}
      openerId={openerId}
      confirmName={t("changeConfirm")}
      check={check}
      action={action}
      onDone={({ changed }) => {
        say({ text: t(changed ? "changed" : "unchanged"), undo: null, returnFocusTo: openerId });
        return null;
      }}
    >
      <TextField
        name="url"
        type="url"
        label={t("url")}
        hint={t("urlHint")}
        autoComplete="off"
        maxLength={2_000}
        defaultValue={url}
      />
      <label className="flex min-h-6 items-center gap-2">
        <input
          type="checkbox"
          name="isOn"
          defaultChecked={isOn}
          className="size-4 shrink-0 accent-ink"
        />
        {t("isOn")}
      </label>
      <EventsField chosen={events} />
    </ActionDialog>
  );
}

/** Gives an endpoint a new secret, and shows it once. */
export function RotateDialog({
  endpoint: { id: endpointId },
  openerId,
  rotate,
}: Opened & { rotate: RotateSecret }) {
  const t = useTranslations("endpointActions");
  const { say } = useToasts();
  return (
    <ActionDialog
      title={t("rotateTitle")}
      description={<p>{t("rotateMeans")}</p>}
      openerId={openerId}
      confirmName={t("rotate")}
      check={() => ({})}
      action={() => rotate({ endpointId })}
      onDone={({ secret }) => {
        say({ text: t("rotated"), undo: null, returnFocusTo: openerId });
        return <SecretOnce name={t("secret")} hint={t("secretHint")} secret={secret} />;
      }}
    >
      {null}
    </ActionDialog>
  );
}

/** Deletes an endpoint with its log. */
export function DeleteDialog({
  endpoint: { id: endpointId },
  openerId,
  remove,
  onDeleted,
}: Opened & { remove: DeleteEndpoint; onDeleted: () => void }) {
  const t = useTranslations("endpointActions");
  const { say } = useToasts();
  return (
    <ActionDialog
      title={t("deleteTitle")}
      description={<p>{t("deleteMeans")}</p>}
      openerId={openerId}
      confirmName={t("delete")}
      check={() => ({})}
      action={() => remove({ endpointId })}
      onDone={() => {
        say({ text: t("deleted"), undo: null, returnFocusTo: "content" });
        onDeleted();
        return null;
      }}
    >
      {null}
    </ActionDialog>
  );
}
