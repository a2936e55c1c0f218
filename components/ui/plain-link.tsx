import type { Route } from "next";
import type { ComponentProps } from "react";

/**
 * A link within the console. Needs no script of its own: the connected page follows every plain link without
 * loading the page anew.
 */
export function PlainLink<Href extends string>({
  href,
  ...rest
}: { href: Route<Href> } & Omit<ComponentProps<"a">, "href">) {
  return <a {...rest} href={href} />;
}
