import Link from "next/link";
import { useTranslations } from "next-intl";
import type { ListedPerson } from "#lib/people/read-people.ts";
import { isolate } from "../ui/isolate.ts";
import { RowTable } from "../ui/row-table.tsx";
import { LastTime } from "./last-time.tsx";
import { PersonState } from "./person-state.tsx";

const COLUMNS = [
  { key: "columnPerson", style: "" },
  { key: "columnRole", style: "w-36" },
  { key: "columnState", style: "w-28" },
  { key: "columnSeen", style: "w-36" },
  { key: "columnTokens", style: "w-20 text-right" },
  { key: "columnSessions", style: "w-24 text-right" },
] as const;

/** The people, a row each; on a narrow screen each row becomes a block. */
export function PeopleTable({
  people,
  selfId,
}: {
  people: readonly ListedPerson[];
  selfId: string;
}) {
  const t = useTranslations("people");
  return (
    <RowTable
      caption={t("title")}
      columns={COLUMNS.map(({ key, style }) => ({ name: t(key), style }))}
    >
      {people.map((person) => (
        <Row key={person.id} person={person} isSelf={person.id === selfId} />
      ))}
    </RowTable>
  );
}

function Row({ person, isSelf }: { person: ListedPerson; isSelf: boolean }) {
  const t = useTranslations("people");
  const role = useTranslations("role");
  return (
    <tr>
      <th scope="row">
        <Link
          href={`/people/${person.id}`}
          prefetch={false}
          className="font-medium wrap-anywhere hover:underline"
        >
          <bdi>{person.name}</bdi>
        </Link>
        {isSelf && <span className="text-muted"> ({t("you")})</span>}
        <span className="block text-meta text-muted wrap-anywhere">{person.email}</span>
        {person.passwordMaker && (
          <span className="block text-meta text-amber wrap-anywhere">
            {t("passwordMadeBy", { maker: isolate(person.passwordMaker) })}
          </span>
        )}
      </th>
      <td>{role(person.role)}</td>
      <td>
        <PersonState isDisabled={person.disabledAt !== null} />
      </td>
      <td className="text-muted">
        <span className="md:hidden">{t("columnSeen")}: </span>
        <LastTime at={person.lastSeenAt} person={person} />
      </td>
      <Count name={t("columnTokens")} count={person.tokenCount} />
      <Count name={t("columnSessions")} count={person.sessionCount} />
    </tr>
  );
}

function Count({ name, count }: { name: string; count: number }) {
  return (
    <td className={`tabular-nums rail:text-right ${count === 0 ? "text-muted" : ""}`}>
      <span className="md:hidden">{name}: </span>
      {count}
    </td>
  );
}
