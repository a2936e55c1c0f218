import { useFormatter, useTranslations } from "next-intl";
import { ROLES } from "#lib/access/roles.ts";
import type { AuditEvent, AuditFields } from "#lib/audit/event.ts";
import { REQUEST_STATES } from "#lib/flags/pending/request-record.ts";
import { SCHEDULE_STATES } from "#lib/schedules/schedule-record.ts";
import { ArrowRight } from "../ui/icons.tsx";

const FIELDS = [
  "acceptsBsuid",
  "label",
  "displayPhoneNumber",
  "accountName",
  "accountId",
  "accountExternalId",
  "managerEmail",
  "isManagerFromRoster",
  "standIns",
  "standIn1",
  "standIn2",
  "standIn3",
  "standIn4",
  "standIn5",
  "zone",
  "needsTwoPeople",
  "portfolioId",
  "wabaId",
  "retiredAt",
  "name",
  "email",
  "role",
  "isDisabled",
  "kind",
  "scopes",
  "expiresAt",
  "method",
  "isEnded",
  "sessionVersion",
  "created",
  "updated",
  "unchanged",
  "switchedOff",
  "accountsCreated",
  "accountsUpdated",
  "why",
  "from",
  "permission",
  "asked",
  "tried",
  "repeats",
  "replacedBy",
  "hasPassword",
  "isPasswordTemporary",
  "passwordMadeBy",
  "openIdSubject",
  "format",
  "count",
  "firstSeq",
  "lastSeq",
  "upToSeq",
  "erasedValues",
  "digest",
  "notBefore",
  "url",
  "events",
  "isOn",
  "isQueryChanged",
  "switchedOffWhy",
  "formerSecretUntil",
  "deliveryId",
  "event",
  "numbers",
  "requested",
  "conflicts",
  "since",
  "state",
  "turnOn",
  "makePhoneOnly",
  "phoneNumberIds",
  "reason",
  "ticketUrl",
  "checks",
  "at",
  "localTime",
  "lateHours",
  "isBound",
  "isSecondHalf",
  "code",
] as const;

/** What verification and programs need, and the entry itself has as JSON: ids beside a name, and versions. */
const FOR_PROGRAMS = [
  "managerId",
  "standIn1Id",
  "standIn2Id",
  "standIn3Id",
  "standIn4Id",
  "standIn5Id",
  "passwordMadeById",
  "ownerId",
  "version",
  "liftsTwoPeopleOf",
  "requestId",
  "afterId",
];

/**
 * Fields with people's values. A value is null only when it was erased, or when the field it belongs to
 * is null, too.
 */
const PERSONAL: Readonly<Record<string, string | null>> = {
  name: null,
  email: null,
  managerEmail: "managerId",
  standIn1: "standIn1Id",
  standIn2: "standIn2Id",
  standIn3: "standIn3Id",
  standIn4: "standIn4Id",
  standIn5: "standIn5Id",
  passwordMadeBy: "passwordMadeById",
  openIdSubject: "openIdIssuer",
};

const ISO_TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/;

/**
 * The values before and after of each field that changed, in words; for something new, only the values
 * after.
 */
export function ChangedFields({
  event: { action, before, after },
}: {
  event: Pick<AuditEvent, "action" | "before" | "after">;
}) {
  const t = useTranslations("history");
  const state = useTranslations("state");
  const roleNames = useTranslations("role");
  const requestStates = useTranslations("requests.state");
  const scheduleStates = useTranslations("schedule.state");
  const format = useFormatter();
  const all = new Set([...Object.keys(before ?? {}), ...Object.keys(after ?? {})]);
  const names = [...all].filter((name) => !FOR_PROGRAMS.includes(name) && isTelling(name));
  if (names.length === 0) return null;
  return (
    <ul>
      {names.map((name) => (
        <li key={name} className="flex flex-wrap items-center gap-x-1.5 wrap-anywhere">
          {name !== "acceptsBsuid" && <span className="text-muted">{toName(name)}:</span>}
          {before !== null && (
            <>
              <span className="sr-only">{t("before")}</span>
              <bdi>{toWords(name, before)}</bdi>
              <ArrowRight aria-hidden className="size-3.5 shrink-0 text-muted" />
              <span className="sr-only">{t("after")}</span>
            </>
          )}
          <bdi className="font-medium">{toWords(name, after)}</bdi>
        </li>
      ))}
    </ul>
  );

  /** An entry may repeat a value that stayed as it was; a count of nothing and no value say nothing new. */
  function isTelling(name: string): boolean {
    if (before) return before[name] !== after?.[name];
    return !NOTHING_WHEN_NEW.includes(name) || Boolean(after?.[name]);
  }

  function toName(name: string): string {
    // An erasure counts values, not entries.
    if (name === "count" && action === "person.erased") return t("field.erasedValues");
    const knownField = FIELDS.find((field) => field === name);
    return knownField ? t(`field.${knownField}`) : toReadable(name);
  }

  function toWords(name: string, fields: AuditFields | null): string {
    const value = fields?.[name];
    if (isErased(name, fields)) return t("erased");
    if (name === "acceptsBsuid") return state(value === true ? "accepting" : "phoneOnly");
    if (value === undefined || value === null || value === "") return t("nothing");
    const role = name === "role" && ROLES.find((one) => one === value);
    if (role) return roleNames(role);
    if (name === "state") return toState(action, String(value));
    if (typeof value === "string" && ISO_TIME.test(value)) {
      return format.dateTime(new Date(value), { dateStyle: "medium", timeStyle: "short" });
    }
    if (typeof value === "boolean") return value ? t("yes") : t("no");
    return String(value);
  }

  function toState(of: string, value: string): string {
    const request = REQUEST_STATES.find((one) => one === value);
    if (of.startsWith("request.") && request) return requestStates(request);
    const schedule = SCHEDULE_STATES.find((one) => one === value);
    return of.startsWith("schedule.") && schedule ? scheduleStates(schedule) : value;
  }
}

/** What an entry of something new says only where there is any. */
const NOTHING_WHEN_NEW = ["turnOn", "makePhoneOnly", "phoneNumberIds"];

function isErased(name: string, fields: AuditFields | null): boolean {
  const goesWith = PERSONAL[name];
  if (goesWith === undefined || fields?.[name] !== null) return false;
  return goesWith === null || (fields[goesWith] ?? null) !== null;
}

/** The readable name of a field without a text: `someField` as "Some field". */
function toReadable(name: string): string {
  const words = name.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
  return words.charAt(0).toUpperCase() + words.slice(1);
}
