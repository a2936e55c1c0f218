"use client";

import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { ActionButton } from "../actions/action-button.tsx";
import { InstantButton } from "../actions/instant-button.tsx";
import type {
  DeleteEndpoint,
  RotateSecret,
  SendTest,
  TargetEndpoint,
  UpdateEndpoint,
} from "./endpoint-actions.ts";
import { ChangeDialog, DeleteDialog, RotateDialog } from "./endpoint-dialogs.tsx";

/** What an admin can do with an endpoint. */
export function EndpointButtons({
  endpoint,
  actions: { update, rotate, remove, sendTest },
}: {
  endpoint: TargetEndpoint;
  actions: {
    update: UpdateEndpoint;
    rotate: RotateSecret;
    remove: DeleteEndpoint;
    sendTest: SendTest;
  };
}) {
  const t = useTranslations("endpointActions");
  const router = useRouter();
  const leave = () => router.push("/webhooks");
  return (
    <div className="flex flex-wrap gap-2">
      <InstantButton action={sendTest} input={{ endpointId: endpoint.id }} name={t("test")} />
      <ActionButton
        dialog={(openerId) => (
          <ChangeDialog endpoint={endpoint} openerId={openerId} update={update} />
        )}
      >
        {t("change")}
      </ActionButton>
      <ActionButton
        dialog={(openerId) => (
          <RotateDialog endpoint={endpoint} openerId={openerId} rotate={rotate} />
        )}
      >
        {t("rotate")}
      </ActionButton>
      <ActionButton
        dialog={(openerId) => (
          <DeleteDialog endpoint={endpoint} openerId={openerId} remove={remove} onDeleted={leave} />
        )}
      >
        {t("delete")}
      </ActionButton>
    </div>
  );
}
