const PATIENCE_MS = 250;

/**
 * Waits briefly for a page's content, so that fast content is sent with the page. Returns undefined when
 * it takes longer, and the page shows a skeleton first.
 */
export async function waitBriefly<Content>(
  content: Promise<Content>,
): Promise<Content | undefined> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const patience = new Promise<undefined>((resolve) => {
    timer = setTimeout(() => resolve(undefined), PATIENCE_MS);
  });
  try {
    return await Promise.race([content, patience]);
  } finally {
    clearTimeout(timer);
  }
}
