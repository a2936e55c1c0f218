import type { Route } from "next";
import type { ReactNode } from "react";
import { LinkButton } from "./link-button.tsx";
import { Message } from "./message.tsx";
import { Pager } from "./pager.tsx";

/**
 * A list with its count and links to its other pages. `after` is the cursor of the current page, and
 * `toHref` the address for another cursor; an invalid cursor shows a message.
 */
export function ListResults<Page extends { nextCursor: string | null }, Href extends string>({
  result,
  after,
  toHref,
  words,
  children,
}: {
  result: Page | "bad-link";
  after: string | null;
  toHref: (after: string | null) => Route<Href>;
  words: {
    badLinkTitle: string;
    badLinkHint: string;
    count: (result: Page) => string;
    pages: string;
    first: string;
    next: string;
  };
  children: (result: Page) => ReactNode;
}) {
  if (result === "bad-link") {
    return (
      <Message title={words.badLinkTitle} hint={words.badLinkHint}>
        <LinkButton href={toHref(null)} variant="primary">
          {words.first}
        </LinkButton>
      </Message>
    );
  }
  const { nextCursor } = result;
  return (
    <>
      <h1 className="min-h-8 pb-2 text-base font-semibold tabular-nums" aria-live="polite">
        {words.count(result)}
      </h1>
      {children(result)}
      <Pager
        name={words.pages}
        first={after === null ? null : { name: words.first, href: toHref(null) }}
        next={nextCursor === null ? null : { name: words.next, href: toHref(nextCursor) }}
      />
    </>
  );
}
