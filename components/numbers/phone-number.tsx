import { toPhoneGroups } from "./phone-groups.ts";

/**
 * A phone in its country's groups. The gaps are drawn by CSS, so that E.164 is what is selected and
 * copied.
 */
export function PhoneNumber({ e164 }: { e164: string }) {
  return (
    <span className="whitespace-nowrap tabular-nums">
      {toPhoneGroups(e164).map((group, place) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the groups of one number do not move
        <span key={place} className="not-first:ml-[0.3em]">
          {group}
        </span>
      ))}
    </span>
  );
}
