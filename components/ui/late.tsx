import { type ReactNode, Suspense } from "react";

/** Content of a page: ready where it came soon, else to come. */
export type Finding<Content> = { ready: Content | undefined; coming: Promise<Content> };

/**
 * Shows content at once where it is ready, else a fallback until it comes. There is no Suspense boundary
 * around what is ready: React would leave a large one to scripts.
 */
export function Late<Content>({
  finding: { ready, coming },
  fallback = null,
  children,
}: {
  finding: Finding<Content>;
  fallback?: ReactNode;
  children: (content: Content) => ReactNode;
}) {
  if (ready !== undefined) return children(ready);
  return <Suspense fallback={fallback}>{coming.then(children)}</Suspense>;
}
