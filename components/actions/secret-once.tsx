"use client";

import { useTranslations } from "next-intl";
import { useEffect, useRef, useState } from "react";
import { Button } from "../ui/button.tsx";
import { CONTROL_STYLE } from "../ui/control-style.ts";
import { DialogFoot } from "../ui/dialog-foot.tsx";
import { Field } from "../ui/field.tsx";
import { Notice } from "../ui/notice.tsx";
import { useDialog } from "./dialog-provider.tsx";

/** A secret that is shown only once, with a button to copy it. */
export function SecretOnce({ name, hint, secret }: { name: string; hint: string; secret: string }) {
  const t = useTranslations("actions");
  const { close } = useDialog();
  const box = useRef<HTMLInputElement>(null);
  const [isCopied, setIsCopied] = useState(false);
  // Selected, so that it can be copied by hand where the browser does not let scripts copy.
  useEffect(() => box.current?.select(), []);
  const copy = async () => {
    box.current?.select();
    await navigator.clipboard.writeText(secret);
    setIsCopied(true);
  };
  return (
    <div className="flex flex-1 flex-col gap-4 px-page pt-4">
      <Notice tone="warning" isAlert>
        {t("once")}
      </Notice>
      <Field label={name} hint={hint}>
        {(control) => (
          <input
            {...control}
            ref={box}
            readOnly
            value={secret}
            autoComplete="off"
            spellCheck={false}
            className={`${CONTROL_STYLE} font-mono`}
          />
        )}
      </Field>
      <DialogFoot>
        <span role="status" className="mr-auto text-green">
          {isCopied ? t("copied") : ""}
        </span>
        <Button variant={isCopied ? "secondary" : "primary"} onClick={() => copy().catch(() => {})}>
          {t("copy")}
        </Button>
        <Button variant={isCopied ? "primary" : "secondary"} onClick={close}>
          {t("done")}
        </Button>
      </DialogFoot>
    </div>
  );
}
