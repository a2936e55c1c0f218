"use client";

import { useTranslations } from "next-intl";
import { ActionButton } from "../actions/action-button.tsx";
import { isolate } from "../ui/isolate.ts";
import { RevokeDialog } from "./revoke-dialog.tsx";
import { RotateDialog } from "./rotate-dialog.tsx";
import type { RevokeToken, RotateToken, TargetToken } from "./token-actions.ts";

export function RotateButton(props: {
  token: TargetToken;
  asksPassword: boolean;
  rotate: RotateToken;
}) {
  const t = useTranslations("tokenActions");
  return (
    <ActionButton
      aria-label={t("rotateOf", { name: isolate(props.token.name) })}
      dialog={(openerId) => <RotateDialog openerId={openerId} {...props} />}
    >
      {t("rotate")}
    </ActionButton>
  );
}

export function RevokeButton({ token, revoke }: { token: TargetToken; revoke: RevokeToken }) {
  const t = useTranslations("tokenActions");
  return (
    <ActionButton
      aria-label={t("revokeOf", { name: isolate(token.name) })}
      dialog={(openerId) => <RevokeDialog token={token} openerId={openerId} revoke={revoke} />}
    >
      {t("revoke")}
    </ActionButton>
  );
}
