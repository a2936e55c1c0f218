import { useTranslations } from "next-intl";
import { useState } from "react";
import { Button } from "../ui/button.tsx";
import { Dialog } from "../ui/dialog.tsx";
import { DialogFoot } from "../ui/dialog-foot.tsx";
import { Press } from "./kbd.tsx";
import type { OwnKeys } from "./key-table.ts";
import { areSingleKeysOn, setSingleKeys } from "./single-keys.ts";

type Props = { keys: OwnKeys; isApple: boolean };

const GROUPS = ["everywhere", "list", "number"] as const;

/** Lists the keys, and switches those without a modifier on and off. */
export function KeysSheet({
  keys,
  isApple,
  returnFocusTo,
  onClose,
}: Props & { returnFocusTo: Element | null; onClose: () => void }) {
  const t = useTranslations("keys");
  const [areOn, setOn] = useState(areSingleKeysOn);
  const change = (isOn: boolean) => {
    setSingleKeys(isOn);
    setOn(isOn);
  };
  return (
    <Dialog
      title={t("title")}
      description={t("hint")}
      returnFocusTo={returnFocusTo}
      onClose={onClose}
    >
      <div className="flex flex-1 flex-col gap-6 px-page py-4">
        {GROUPS.map((group) => (
          <section key={group} aria-labelledby={`keys-${group}`}>
            <h3 id={`keys-${group}`} className="pb-1 font-semibold">
              {t(`group.${group}`)}
            </h3>
            <Rows keys={keys.filter((key) => key.group === group)} isApple={isApple} />
          </section>
        ))}
        <label className="flex min-h-8 items-center gap-2">
          <input
            type="checkbox"
            checked={areOn}
            onChange={({ target }) => change(target.checked)}
            className="size-4 accent-ink"
          />
          {t("single")}
          <span className="ml-auto text-meta text-muted">{t("always")}</span>
        </label>
        <DialogFoot>
          <Button onClick={onClose}>{t("close")}</Button>
        </DialogFoot>
      </div>
    </Dialog>
  );
}

/** A row for each action, with each of its keys. */
function Rows({ keys, isApple }: Props) {
  const t = useTranslations("keys");
  const byAction = [...Map.groupBy(keys, ({ action }) => action)];
  return (
    <dl>
      {byAction.map(([action, own]) => (
        <div
          key={action}
          className="flex min-h-8 items-center justify-between gap-3 border-b py-0.5"
        >
          <dt>{t(`action.${action}`)}</dt>
          <dd className="flex items-center gap-1">
            {own.map(({ press }) => (
              <Press key={press} press={press} isApple={isApple} />
            ))}
          </dd>
        </div>
      ))}
    </dl>
  );
}
