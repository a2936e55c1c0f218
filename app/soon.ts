const PATIENCE_MS = 250;

/**
 * What a page waits for: its content when that is ready soon, to be sent whole; else undefined,
 * and the page shows a skeleton first.
 */
export async function soon<Content>(content: Promise<Content>): Promise<Content | undefined> {
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
