import { Entry } from "./entry.tsx";
import { numberIdOf, type PayloadEntry } from "./read-payload.ts";
import { ShowMore } from "./show-more.tsx";
import { usePaging } from "./use-paging.ts";

/** The number of items that are unfolded at first. */
const FEW = 3;

/** The items of a payload, in its order. */
export function PayloadEntries({
  entries,
  nameOf,
  acceptsOf,
}: {
  entries: readonly PayloadEntry[];
  nameOf: (phoneNumberId: string) => string;
  acceptsOf: (entry: PayloadEntry) => boolean | null;
}) {
  const paging = usePaging(entries);
  const isOpen = entries.length <= FEW;
  return (
    <>
      <ol className="flex flex-col gap-2">
        {paging.shown.map((entry) => {
          const numberId = numberIdOf(entry);
          return (
            <Entry
              // Another case has other items at the same paths, which must not keep the state of the old
              // ones.
              key={`${entry.path} ${entry.kind} ${isOpen}`}
              entry={entry}
              numberName={numberId === null ? null : nameOf(numberId)}
              acceptsBsuid={acceptsOf(entry)}
              isOpen={isOpen}
            />
          );
        })}
      </ol>
      <ShowMore paging={paging} />
    </>
  );
}
