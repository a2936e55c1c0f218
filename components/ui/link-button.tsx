import type { Route } from "next";
import type { ReactNode } from "react";
import { type ButtonVariant, buttonStyle } from "./button-style.ts";
import { PlainLink } from "./plain-link.tsx";

/** A link that looks like a button, because it leads on from where one is stuck. */
export function LinkButton<Href extends string>({
  href,
  variant,
  children,
}: {
  href: Route<Href>;
  variant?: ButtonVariant;
  children: ReactNode;
}) {
  return (
    <PlainLink href={href} className={buttonStyle({ variant })}>
      {children}
    </PlainLink>
  );
}
