const ENTRIES = [1, 2, 3];

/** Placeholder for entries while they load. */
export function EntriesSkeleton({ words }: { words: string }) {
  return (
    <>
      <p role="status" className="sr-only">
        {words}
      </p>
      {ENTRIES.map((entry) => (
        <div key={entry} aria-hidden className="flex h-28 flex-col gap-3 border-t py-3">
          <div className="h-3 w-1/3 rounded-control bg-selected motion-safe:animate-pulse" />
          <div className="h-3 w-1/2 rounded-control bg-selected motion-safe:animate-pulse" />
          <div className="h-3 w-1/4 rounded-control bg-selected motion-safe:animate-pulse" />
        </div>
      ))}
    </>
  );
}
