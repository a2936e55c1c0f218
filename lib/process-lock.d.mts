export function tryLock(
  file: string,
): { release: () => void; holder: null } | { release: null; holder: number };

export function withLock<T>(
  file: string,
  onWait: (holder: number) => void,
  work: () => Promise<T>,
): Promise<T>;
