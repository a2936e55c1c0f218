import { useTranslations } from "next-intl";
import { SAMPLE_PAYLOADS } from "#sdk/rules.ts";
import { Choice } from "../ui/choice.tsx";
import { Select } from "../ui/select.tsx";
import { NumberPicker } from "./number-picker.tsx";
import { PayloadBox } from "./payload-box.tsx";
import { Results } from "./results.tsx";
import {
  OWN,
  type SetSimulatorQuery,
  type SimulatorQuery,
  STATES,
  simulatorParsers,
} from "./simulator-query.ts";
import { toJsonError } from "./to-json-error.ts";
import type { InitialNumbers } from "./use-numbers-now.ts";
import { useSimulation } from "./use-simulation.ts";

/** A payload from Meta, and the decision on each of its messages. */
export function ReceiveSimulator({
  query,
  setQuery,
  own,
  setOwn,
  initialNumbers,
}: {
  query: SimulatorQuery;
  setQuery: SetSimulatorQuery;
  own: string;
  setOwn: (text: string) => void;
  initialNumbers: InitialNumbers;
}) {
  const t = useTranslations("simulator");
  const simulation = useSimulation(query, own, initialNumbers);
  const { text, reading, ids, nowOf, learn, retry } = simulation;
  const { number } = query;
  const isOwn = query.case === OWN;
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
          hint={isOwn && text === "" ? t("ownEmpty") : t("payloadHint")}
          error={toJsonError(reading, t)}
          text={text}
          onText={(changed) => {
            setOwn(changed);
            if (!isOwn) setQuery({ case: OWN });
          }}
        />
      </div>
      <Results reading={reading} state={query.state} ids={ids} nowOf={nowOf} onRetry={retry} />
    </div>
  );
}
