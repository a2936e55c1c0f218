import { useTranslations } from "next-intl";
import type { RuntimeRecord, RuntimeRefusal } from "#lib/runtimes/list-runtimes.ts";
import { Moment } from "../moment.tsx";
import { TriangleAlert } from "../ui/icons.tsx";
import { RowTable } from "../ui/row-table.tsx";
import type { RuntimeAction } from "./runtime-action.ts";
import { RuntimeActionButton } from "./runtime-action-button.tsx";
import { RuntimeState, toRuntimeCondition } from "./runtime-state.tsx";

const COLUMNS = [
  "columnInstance",
  "columnState",
  "columnHolds",
  "columnHeard",
  "columnSdk",
  "columnToken",
] as const;

/** The actions of the viewer, null where they are not allowed. */
type Actions = { dismiss: RuntimeAction | null; release: RuntimeAction | null };

/** The instances, a row each; one that is behind or silent has a red line. */
export function RuntimesTable({
  runtimes,
  actions,
}: {
  runtimes: readonly RuntimeRecord[];
  actions: Actions;
}) {
  const t = useTranslations("runtimes");
  return (
    <RowTable caption={t("title")} columns={COLUMNS.map((column) => ({ name: t(column) }))}>
      {runtimes.map((runtime) => (
        <Row key={runtime.instanceId} runtime={runtime} actions={actions} />
      ))}
    </RowTable>
  );
}

function Row({ runtime, actions }: { runtime: RuntimeRecord; actions: Actions }) {
  const t = useTranslations("runtimes");
  const isWell = toRuntimeCondition(runtime) === "current";
  return (
    <tr className={isWell ? "" : "bg-red-tint"}>
      <th scope="row" className="font-mono font-medium wrap-anywhere">
        {runtime.instanceId}
      </th>
      <td>
        <RuntimeState runtime={runtime} />
        {runtime.refusal && <LastRefusal refusal={runtime.refusal} />}
        {actions.dismiss && !runtime.isLive && (
          <RuntimeActionButton
            name="dismiss"
            instanceId={runtime.instanceId}
            action={actions.dismiss}
          />
        )}
      </td>
      <td>
        <span className="block font-mono wrap-anywhere">{runtime.appliedCursor}</span>
        <span className="block text-meta text-muted">
          {t.rich("applied", { when: () => <Moment at={runtime.appliedAt} /> })}
        </span>
      </td>
      <td>
        <span className="md:hidden">{t("columnHeard")}: </span>
        <Moment at={runtime.lastHeardAt} />
      </td>
      <td className="wrap-anywhere">{runtime.sdk}</td>
      <td className="wrap-anywhere">
        <Owner token={runtime.token} />
        {actions.release && runtime.token && (
          <RuntimeActionButton
            name="release"
            instanceId={runtime.instanceId}
            action={actions.release}
          />
        )}
      </td>
    </tr>
  );
}

/** The token that the name belongs to. */
function Owner({ token }: { token: RuntimeRecord["token"] }) {
  const t = useTranslations("runtimes");
  if (token === null) return <span className="text-muted">{t("anyToken")}</span>;
  return (
    <>
      <span className="md:hidden">{t("columnToken")}: </span>
      <bdi>{token.name}</bdi>
      {token.hasEnded && <span className="block text-red">{t("tokenEnded")}</span>}
    </>
  );
}

/** The last refusal, as the instance reported it: the console may never have seen the request. */
function LastRefusal({ refusal }: { refusal: RuntimeRefusal }) {
  const t = useTranslations("runtimes");
  const { what, status, since, until } = refusal;
  const named = { status: status === null ? "none" : String(status) };
  return (
    <span className="flex items-start gap-1.5 pt-1 text-amber">
      <TriangleAlert aria-hidden className="mt-0.5 size-4 shrink-0" />
      <span>
        {t(what === "flags" ? "refusedFlags" : "refusedReports", named)}{" "}
        {until === null
          ? t.rich("refusedSince", { since: () => <Moment at={since} /> })
          : t.rich("refusedFrom", {
              since: () => <Moment at={since} />,
              until: () => <Moment at={until} />,
            })}
        {". "}
        {t("refusedHint")}
      </span>
    </span>
  );
}
