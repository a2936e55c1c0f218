import type { Finding } from "#components/ui/late.tsx";

const PATIENCE_MS = 250;

/**
 * Waits briefly for a page's content, so that fast content is sent with the page; what takes longer is
 * shown when it comes.
 */
export async function findBriefly<Content>(coming: Promise<Content>): Promise<Finding<Content>> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const patience = new Promise<undefined>((resolve) => {
    timer = setTimeout(() => resolve(undefined), PATIENCE_MS);
  });
  try {
    return { coming, ready: await Promise.race([coming, patience]) };
  } finally {
    clearTimeout(timer);
  }
}
