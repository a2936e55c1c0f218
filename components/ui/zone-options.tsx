/** The options of a select of time zones, by their IANA names; `selected` is among them though it is an old name. */
export function ZoneOptions({ selected }: { selected: string | null }) {
  const zones = Intl.supportedValuesOf("timeZone");
  const isListed = selected === null || zones.includes(selected);
  return (isListed ? zones : [selected, ...zones]).map((zone) => (
    <option key={zone} value={zone}>
      {zone}
    </option>
  ));
}
