import { parsePhoneNumberFromString } from "libphonenumber-js";

/**
 * A phone in its country's groups. The gaps are drawn by CSS, so that E.164 is what is selected and
 * copied.
 */
export function PhoneNumber({ e164 }: { e164: string }) {
  const groups = (parsePhoneNumberFromString(e164)?.formatInternational() ?? e164).split(" ");
  const isFaithful = groups.join("").replace(/-/g, "") === e164;
  if (!isFaithful) return <span className="whitespace-nowrap tabular-nums">{e164}</span>;
  return (
    <span className="whitespace-nowrap tabular-nums">
      {groups
        .flatMap((group) => group.split("-"))
        .map((group, place) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the groups of one number do not move
          <span key={place} className="not-first:ml-[0.3em]">
            {group}
          </span>
        ))}
    </span>
  );
}
