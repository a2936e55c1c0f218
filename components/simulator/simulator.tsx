"use client";

import { useTranslations } from "next-intl";
import { SAMPLE_PAYLOADS } from "#sdk/rules.ts";
import { Choice } from "../ui/choice.tsx";
import { Select } from "../ui/select.tsx";
import { NumberPicker } from "./number-picker.tsx";
import { PayloadBox } from "./payload-box.tsx";
import type { PayloadReading } from "./read-payload.ts";
import { Results } from "./results.tsx";
import { OWN, STATES, simulatorParsers } from "./simulator-query.ts";
import type { LookedUp } from "./use-numbers-now.ts";
import { useSimulation } from "./use-simulation.ts";

/** A payload of Meta's and what becomes of each of its messages, side by side, by the runtime's own rules. */
export function Simulator({ lookedUp }: { lookedUp: LookedUp }) {
  const t = useTranslations("simulator");
  const simulation = useSimulation(lookedUp);
  const { query, setQuery, text, setText, reading, ids, nowOf, learn, retry } = simulation;
  const { number } = query;
  return (
    <div className="grid grid-cols-1 items-start gap-x-8 gap-y-6 lg:grid-cols-[24rem_1fr]">
      <div className="flex min-w-0 flex-col gap-3">
        <Select
          label={t("case")}
          name="case"
          value={query.case}
          onChange={(id) => setQuery({ case: simulatorParsers.case.parse(id) })}
        >
          {SAMPLE_PAYLOADS.map(({ id, title }) => (
            <option key={id} value={id}>
              {title}
            </option>
          ))}
          <option value={OWN}>{t("caseOwn")}</option>
        </Select>
        <NumberPicker
          chosen={number === null ? null : { id: number, now: nowOf(number) }}
          onChoose={(chosen) => {
            if (chosen) learn(chosen);
            setQuery({ number: chosen?.phoneNumberId ?? null });
          }}
        />
        <Choice
          label={t("state")}
          value={query.state}
          options={STATES.map((value) => ({ value, label: t(`states.${value}`) }))}
          onChange={(state) => setQuery({ state })}
        />
        <PayloadBox
          label={t("payload")}
          hint={query.case === OWN && text === "" ? t("ownEmpty") : t("payloadHint")}
          error={toError(reading, t)}
          text={text}
          onText={setText}
        />
      </div>
      <Results reading={reading} state={query.state} ids={ids} nowOf={nowOf} onRetry={retry} />
    </div>
  );
}

function toError(
  reading: PayloadReading,
  t: ReturnType<typeof useTranslations<"simulator">>,
): string | null {
  if (reading.kind === "too_large") return t("tooLarge");
  if (reading.kind !== "broken") return null;
  const { kind, line, column, found } = reading.problem;
  return t(`broken.${kind}`, { line, column, found });
}
