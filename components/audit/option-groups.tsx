/** Options of a select under a common heading. */
export type OptionGroup = { name: string; options: { value: string; name: string }[] };

export function OptionGroups({ groups }: { groups: readonly OptionGroup[] }) {
  return groups.map(({ name, options }) => (
    <optgroup key={name} label={name}>
      {options.map((option) => (
        <option key={option.value} value={option.value}>
          {option.name}
        </option>
      ))}
    </optgroup>
  ));
}
