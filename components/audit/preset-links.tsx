import type { Route } from "next";
import Link from "next/link";

/** A link to the entries of some days. */
export type PresetLink<Href extends string = string> = {
  name: string;
  href: Route<Href>;
  /** Whether these days are shown. */
  isCurrent: boolean;
};

/** Days that are often asked for, side by side. */
export function PresetLinks({ label, links }: { label: string; links: readonly PresetLink[] }) {
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset is for fields, and these are links.
    <div role="group" aria-label={label} className="flex">
      {links.map(({ name, href, isCurrent }) => (
        <Link
          key={name}
          href={href}
          prefetch={false}
          scroll={false}
          aria-current={isCurrent ? "true" : undefined}
          className="-ml-px inline-flex min-h-8 items-center border border-line-button px-3 font-medium first:ml-0 first:rounded-l-control last:rounded-r-control hover:bg-hover focus-visible:z-1 aria-[current]:bg-selected max-rail:min-h-11 max-rail:px-2"
        >
          {name}
        </Link>
      ))}
    </div>
  );
}
