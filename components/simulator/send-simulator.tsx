import { useTranslations } from "next-intl";
import { useDeferredValue, useMemo } from "react";
import { Choice } from "../ui/choice.tsx";
import { Select } from "../ui/select.tsx";
import { PayloadBox } from "./payload-box.tsx";
import { readSend } from "./read-send.ts";
import { ENDPOINTS, SAMPLE_SEND_IDS, SAMPLE_SENDS } from "./sample-sends.ts";
import { SendResults } from "./send-results.tsx";
import {
  OWN,
  type SetSimulatorQuery,
  type SimulatorQuery,
  simulatorParsers,
} from "./simulator-query.ts";
import { toJsonError } from "./to-json-error.ts";

const OWN_HOW = { endpoint: "session", isAuthenticationTemplate: false } as const;

/** A request to send and its answer. */
export function SendSimulator({
  query,
  setQuery,
  own,
  setOwn,
}: {
  query: SimulatorQuery;
  setQuery: SetSimulatorQuery;
  own: string;
  setOwn: (text: string) => void;
}) {
  const t = useTranslations("simulator");
  const { send } = query;
  const sample = send === OWN ? OWN_HOW : SAMPLE_SENDS[send];
  const endpoint = query.endpoint ?? sample.endpoint;
  const isAuthenticationTemplate = query.auth ?? sample.isAuthenticationTemplate;
  const text = send === OWN ? own : JSON.stringify(SAMPLE_SENDS[send].request, null, 2);
  const typed = useDeferredValue(text);
  const reading = useMemo(
    () => readSend(typed, { endpoint, isAuthenticationTemplate }),
    [typed, endpoint, isAuthenticationTemplate],
  );
  return (
    <div className="grid grid-cols-1 items-start gap-x-8 gap-y-6 lg:grid-cols-[24rem_1fr]">
      <div className="flex min-w-0 flex-col gap-3">
        <Select
          label={t("sendCase")}
          name="send"
          value={send}
          onChange={(id) =>
            setQuery({ send: simulatorParsers.send.parse(id), endpoint: null, auth: null })
          }
        >
          {SAMPLE_SEND_IDS.map((id) => (
            <option key={id} value={id}>
              {t(`sends.${id}`)}
            </option>
          ))}
          <option value={OWN}>{t("sendOwn")}</option>
        </Select>
        <Choice
          label={t("endpoint")}
          value={endpoint}
          options={ENDPOINTS.map((value) => ({ value, label: t(`endpoints.${value}`) }))}
          onChange={(chosen) => setQuery({ endpoint: chosen })}
        />
        {endpoint !== "session" && (
          <label className="inline-flex min-h-8 items-center gap-1.5">
            <input
              type="checkbox"
              checked={isAuthenticationTemplate}
              onChange={(event) => setQuery({ auth: event.target.checked })}
              className="size-4 accent-ink"
            />
            {t("authentication")}
          </label>
        )}
        <PayloadBox
          label={t("request")}
          hint={send === OWN && text === "" ? t("ownRequestEmpty") : t("requestHint")}
          error={toJsonError(reading, t)}
          text={text}
          onText={(changed) => {
            setOwn(changed);
            if (send === OWN) return;
            setQuery({ send: OWN, endpoint, auth: isAuthenticationTemplate || null });
          }}
        />
      </div>
      <SendResults reading={reading} />
    </div>
  );
}
