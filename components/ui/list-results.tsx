import type { Route } from "next";
import type { ReactNode } from "react";
import { LinkButton } from "./link-button.tsx";
import { Message } from "./message.tsx";
import { Pager } from "./pager.tsx";

/**
 * A list with links to its other pages. `after` is the cursor of the current page, and
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
    pages: string;
    first: string;
    next: string;
  };
  children: (result: Page) => ReactNode;
}) {
  if (result === "bad-link") {
    return (
      <Message level={2} title={words.badLinkTitle} hint={words.badLinkHint}>
        <LinkButton href={toHref(null)} variant="primary">
          {words.first}
        </LinkButton>
      </Message>
    );
  }
  const { nextCursor } = result;
  return (
    <>
      {children(result)}
      <Pager
        name={words.pages}
        first={after === null ? null : { name: words.first, href: toHref(null) }}
        next={nextCursor === null ? null : { name: words.next, href: toHref(nextCursor) }}
      />
    </>
  );
}
