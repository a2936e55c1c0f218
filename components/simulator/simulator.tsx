"use client";

import { useTranslations } from "next-intl";
import { useQueryStates } from "nuqs";
import { useState } from "react";
import { Choice } from "../ui/choice.tsx";
import { ReceiveSimulator } from "./receive-simulator.tsx";
import { SendSimulator } from "./send-simulator.tsx";
import { simulatorParsers, VIEWS } from "./simulator-query.ts";
import type { InitialNumbers } from "./use-numbers-now.ts";

/**
 * Tries a payload or a request by the runtime's own rules. The picked case is in the address; a typed
 * text stays in this component's memory.
 */
export function Simulator({ initialNumbers }: { initialNumbers: InitialNumbers }) {
  const t = useTranslations("simulator");
  const [query, setQuery] = useQueryStates(simulatorParsers, { history: "push" });
  const [ownPayload, setOwnPayload] = useState("");
  const [ownRequest, setOwnRequest] = useState("");
  const { view } = query;
  const change = { query, setQuery: (to: Parameters<typeof setQuery>[0]) => void setQuery(to) };
  return (
    <div className="flex flex-col gap-4">
      <Choice
        label={t("view")}
        value={view}
        options={VIEWS.map((value) => ({ value, label: t(`views.${value}`) }))}
        onChange={(chosen) => change.setQuery({ view: chosen })}
      />
      {view === "receive" ? (
        <ReceiveSimulator
          {...change}
          own={ownPayload}
          setOwn={setOwnPayload}
          initialNumbers={initialNumbers}
        />
      ) : (
        <SendSimulator {...change} own={ownRequest} setOwn={setOwnRequest} />
      )}
    </div>
  );
}
