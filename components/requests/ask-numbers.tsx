"use client";

import { useTranslations } from "next-intl";
import { isolate } from "../ui/isolate.ts";
import { AskLink } from "./ask-link.tsx";

const HEADING = "chosen";

/** A chosen number, and the address of the page without it. */
export type ChosenNumber = {
  phoneNumberId: string;
  label: string;
  phone: string;
  acceptsBsuid: boolean;
  isRetired: boolean;
  /** Whether it is of an account for which the viewer may ask. */
  isAskable: boolean;
  /** What was asked for before, when a request is asked again. */
  askedState: boolean | null;
  /** Null when there are too many for links. */
  removeHref: `/requests/new?${string}` | null;
};

/** The state to ask for: of all numbers, or of each the one that was asked for before. */
export type Wanted = "on" | "off" | "each";

export function toWantedState({ askedState }: ChosenNumber, wanted: Wanted): boolean {
  return wanted === "each" ? (askedState ?? true) : wanted === "on";
}

const MAX_SHOWN = 100;

/** Why a number is left out of the request; null when it can be asked for. */
export function findObstacle(number: ChosenNumber, wanted: Wanted) {
  if (!number.isAskable) return "notOwn";
  if (number.isRetired) return "retired";
  return number.acceptsBsuid === toWantedState(number, wanted) ? "already" : null;
}

/** The chosen numbers, with what is left out and why. */
export function AskNumbers({
  numbers,
  wanted,
  error,
}: {
  numbers: readonly ChosenNumber[];
  wanted: Wanted;
  error: string | null;
}) {
  const t = useTranslations("askRequest");
  return (
    <section aria-labelledby={HEADING}>
      <h2 id={HEADING} tabIndex={-1} className="font-medium">
        {t("numbers")}
      </h2>
      <ul className="border-b">
        {numbers.slice(0, MAX_SHOWN).map((number) => (
          <li
            key={number.phoneNumberId}
            className="flex min-h-10 flex-wrap items-center gap-x-3 gap-y-1 border-t py-1.5"
          >
            <div className="min-w-0 flex-1 basis-48 wrap-anywhere">
              <bdi className="font-medium">{number.label}</bdi>{" "}
              <span className="text-muted tabular-nums">{number.phone}</span>
              <Obstacle why={findObstacle(number, wanted)} />
            </div>
            {number.removeHref && (
              <AskLink
                id={`remove-${number.phoneNumberId}`}
                href={number.removeHref}
                name={t("remove", { label: isolate(number.label) })}
                variant="quiet"
                focusNext={HEADING}
              >
                {t("removeShort")}
              </AskLink>
            )}
          </li>
        ))}
      </ul>
      {numbers.length > MAX_SHOWN && (
        <p className="pt-1 text-muted">{t("more", { count: numbers.length - MAX_SHOWN })}</p>
      )}
      {error ? (
        <p role="alert" className="pt-1 text-meta text-red">
          {error}
        </p>
      ) : (
        numbers.length === 0 && <p className="pt-1 text-muted">{t("numbersNone")}</p>
      )}
    </section>
  );
}

function Obstacle({ why }: { why: ReturnType<typeof findObstacle> }) {
  const t = useTranslations("askRequest");
  return why && <span className="block text-meta text-amber">{t(why)}</span>;
}
