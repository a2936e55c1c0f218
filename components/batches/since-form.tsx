import { useTranslations } from "next-intl";
import { Button } from "../ui/button.tsx";
import { CONTROL_STYLE } from "../ui/control-style.ts";

/** Asks since when a person's changes are to be undone, in the reader's time zone. */
export function SinceForm({ value, timeZone }: { value: string; timeZone: string }) {
  const t = useTranslations("personUndo");
  return (
    <form method="get" className="flex flex-wrap items-end gap-2">
      <div className="flex flex-col gap-1">
        <label htmlFor="since" className="font-medium">
          {t("since")}
        </label>
        <input
          id="since"
          type="datetime-local"
          name="since"
          required
          defaultValue={value}
          aria-describedby="since-zone"
          className={CONTROL_STYLE}
        />
        <p id="since-zone" className="text-meta text-muted">
          {t("zone", { timeZone })}
        </p>
      </div>
      <Button type="submit" variant="primary">
        {t("show")}
      </Button>
    </form>
  );
}
