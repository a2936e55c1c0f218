"use client";

import { useTranslations } from "next-intl";
import { useId } from "react";
import { useActs } from "../acts/acts.tsx";
import { Button } from "../ui/button.tsx";
import { usePassFocusOn } from "../ui/use-pass-focus-on.ts";
import { RevokeDialog } from "./revoke-dialog.tsx";
import { RotateDialog } from "./rotate-dialog.tsx";
import type { ActedOnToken, RevokeToken, RotateToken } from "./token-act.ts";

export function RotateButton({ token, rotate }: { token: ActedOnToken; rotate: RotateToken }) {
  const t = useTranslations("tokenActs");
  const id = useId();
  const { open } = useActs();
  usePassFocusOn(id);
  return (
    <Button
      id={id}
      aria-label={t("rotateOf", { name: token.name })}
      onClick={() => open(<RotateDialog token={token} openerId={id} rotate={rotate} />)}
    >
      {t("rotate")}
    </Button>
  );
}

export function RevokeButton({ token, revoke }: { token: ActedOnToken; revoke: RevokeToken }) {
  const t = useTranslations("tokenActs");
  const id = useId();
  const { open } = useActs();
  usePassFocusOn(id);
  return (
    <Button
      id={id}
      aria-label={t("revokeOf", { name: token.name })}
      onClick={() => open(<RevokeDialog token={token} openerId={id} revoke={revoke} />)}
    >
      {t("revoke")}
    </Button>
  );
}
