import { usePathname, useSearchParams } from "next/navigation";
import { useTranslations } from "next-intl";
import { useEffect, useEffectEvent, useRef, useState } from "react";
import { createPortal } from "react-dom";
import { X } from "../ui/icons.tsx";
import { LIST, PEEK } from "./find-key.ts";
import { Kbd } from "./kbd.tsx";
import { PeekContent } from "./peek-content.tsx";
import { currentNumberId, hearRow } from "./rows.ts";
import { usePeek } from "./use-peek.ts";

/**
 * Shows the number whose row has the focus, beside the list, which keeps the focus. Closes when the list
 * becomes another one.
 */
export function Peek({ canChange, onClose }: { canChange: boolean; onClose: () => void }) {
  const [id, setId] = useState(currentNumberId);
  const [frame] = useState(() => document.querySelector(LIST)?.parentElement ?? null);
  const place = `${usePathname()}?${useSearchParams()}`;
  const [firstPlace] = useState(place);
  useEffect(() => hearRow(setId), []);
  const isElsewhere = place !== firstPlace || !frame || id === null;
  const close = useEffectEvent(onClose);
  useEffect(() => {
    if (isElsewhere) close();
  }, [isElsewhere]);
  if (isElsewhere) return null;
  return createPortal(<Panel id={id} canChange={canChange} onClose={onClose} />, frame);
}

function Panel({
  id,
  canChange,
  onClose,
}: {
  id: string;
  canChange: boolean;
  onClose: () => void;
}) {
  const t = useTranslations("keys");
  const { peek, isFailed } = usePeek(id);
  const panel = useRef<HTMLElement>(null);
  return (
    <section
      ref={panel}
      {...{ [PEEK]: id }}
      aria-label={t("action.peek")}
      aria-busy={peek?.phoneNumberId !== id && !isFailed}
      className="border-l bg-surface max-rail:hidden"
    >
      <div className="sticky top-14 flex max-h-[calc(100dvh-3.5rem)] flex-col">
        <div className="flex items-start gap-2 border-b py-2 pr-3 pl-6">
          <div className="min-w-0 flex-1">
            <h2 className="truncate font-semibold">
              {peek ? <bdi>{peek.label}</bdi> : t("action.peek")}
            </h2>
            {peek && (
              <p className="truncate text-meta text-muted">
                {peek.phone} · <bdi>{peek.account.name}</bdi>
              </p>
            )}
          </div>
          <Kbd>{t("space")}</Kbd>
          <button
            type="button"
            onClick={onClose}
            aria-label={t("closePeek")}
            className="grid size-8 shrink-0 place-items-center rounded-control hover:bg-hover"
          >
            <X aria-hidden className="size-4" />
          </button>
        </div>
        <div className="flex flex-1 flex-col gap-4 overflow-y-auto px-6 py-4">
          {isFailed ? (
            <p role="alert" className="text-muted">
              {t("peekFailed")}
            </p>
          ) : (
            peek && <PeekContent peek={peek} />
          )}
        </div>
        <p className="flex min-h-12 flex-wrap items-center gap-x-3 border-t px-6 text-meta text-muted">
          <span className="flex items-center gap-1.5">
            <Kbd>J</Kbd>
            <Kbd>K</Kbd>
            {t("nextShort")}
          </span>
          <span className="flex items-center gap-1.5">
            <Kbd>Enter</Kbd>
            {t("open")}
          </span>
          {canChange && (
            <span className="flex items-center gap-1.5">
              <Kbd>E</Kbd>
              {t("changeShort")}
            </span>
          )}
        </p>
      </div>
    </section>
  );
}
