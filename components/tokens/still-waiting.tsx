"use client";

import Link from "next/link";
import { useTranslations } from "next-intl";
import type { Waiting } from "#lib/schedules/count-waiting.ts";
import { useDialog } from "../actions/dialog-provider.tsx";
import { Button } from "../ui/button.tsx";
import { DialogFoot } from "../ui/dialog-foot.tsx";
import { Notice } from "../ui/notice.tsx";

/** What came by a token that was revoked and still waits, with the way to cancel it. */
export function StillWaiting({ tokenId, waiting }: { tokenId: string; waiting: Waiting }) {
  const t = useTranslations("tokenActions");
  const { close } = useDialog();
  return (
    <div className="flex flex-1 flex-col gap-4 px-page pt-4">
      <Notice tone="warning" isAlert>
        <p>{t("stillWaiting", waiting)}</p>
        {waiting.schedules > 0 && (
          <Link href={`/schedule?token=${tokenId}`} prefetch={false} className="underline">
            {t("showWaiting")}
          </Link>
        )}
      </Notice>
      <DialogFoot>
        <Button variant="primary" onClick={close}>
          {t("closeWaiting")}
        </Button>
      </DialogFoot>
    </div>
  );
}
