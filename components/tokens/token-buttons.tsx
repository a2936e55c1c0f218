"use client";

import { useTranslations } from "next-intl";
import { ActButton } from "../acts/act-button.tsx";
import { isolate } from "../ui/isolate.ts";
import { RevokeDialog } from "./revoke-dialog.tsx";
import { RotateDialog } from "./rotate-dialog.tsx";
import type { ActedOnToken, RevokeToken, RotateToken } from "./token-act.ts";

export function RotateButton(props: {
  token: ActedOnToken;
  asksPassword: boolean;
  rotate: RotateToken;
}) {
  const t = useTranslations("tokenActs");
  return (
    <ActButton
      aria-label={t("rotateOf", { name: isolate(props.token.name) })}
      dialog={(openerId) => <RotateDialog openerId={openerId} {...props} />}
    >
      {t("rotate")}
    </ActButton>
  );
}

export function RevokeButton({ token, revoke }: { token: ActedOnToken; revoke: RevokeToken }) {
  const t = useTranslations("tokenActs");
  return (
    <ActButton
      aria-label={t("revokeOf", { name: isolate(token.name) })}
      dialog={(openerId) => <RevokeDialog token={token} openerId={openerId} revoke={revoke} />}
    >
      {t("revoke")}
    </ActButton>
  );
}
