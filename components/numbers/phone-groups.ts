import { parsePhoneNumberFromString } from "libphonenumber-js";

/** A phone's groups as its country writes them; the E.164 number alone where they would change it. */
export function toPhoneGroups(e164: string): string[] {
  const written = parsePhoneNumberFromString(e164)?.formatInternational() ?? e164;
  const groups = written.split(/[ -]/);
  return groups.join("") === e164 ? groups : [e164];
}

/** A phone in its country's groups, for a place where it cannot be copied. */
export function toPhoneText(e164: string): string {
  return toPhoneGroups(e164).join("\u00A0");
}
