import { useTranslations } from "next-intl";
import type { ForcedChangeRecord } from "#lib/flags/list-forced-changes.ts";
import type { Action } from "../actions/action.ts";
import { Moment } from "../moment.tsx";
import { isolate } from "../ui/isolate.ts";
import { ReviewButton } from "./request-buttons.tsx";

type Review = Action<{ batchId: string; review: string }, null>;
type Viewer = { id: string; canReview: boolean };

/** Forced changes, each with why, and the review it had or a button for one. */
export function ForcedChanges({
  changes,
  viewer,
  review,
}: {
  changes: readonly ForcedChangeRecord[];
  viewer: Viewer;
  review: Review;
}) {
  if (changes.length === 0) return null;
  return (
    <ul className="border-b">
      {changes.map((change) => (
        <li key={change.batchId} className="border-t py-2">
          <ForcedChange change={change} viewer={viewer} review={review} />
        </li>
      ))}
    </ul>
  );
}

function ForcedChange({
  change: { batchId, display, forcedBy, forcedAt, reason, reviewedBy, reviewedAt, review: words },
  viewer,
  review,
}: {
  change: ForcedChangeRecord;
  viewer: Viewer;
  review: Review;
}) {
  const t = useTranslations("forced");
  return (
    <div className="flex flex-wrap items-start gap-x-4 gap-y-1">
      <div className="min-w-0 flex-1 basis-72 wrap-anywhere">
        <h3 className="font-medium">
          <bdi>{display}</bdi>
        </h3>
        <p className="text-muted">
          {t.rich("by", { name: isolate(forcedBy.name), when: () => <Moment at={forcedAt} /> })}
        </p>
        <p>
          <bdi>{reason}</bdi>
        </p>
        {reviewedBy && reviewedAt && (
          <p className="text-muted">
            {t.rich("reviewedBy", {
              name: isolate(reviewedBy.name),
              when: () => <Moment at={reviewedAt} />,
            })}
            : <bdi>{words}</bdi>
          </p>
        )}
      </div>
      {!reviewedBy &&
        viewer.canReview &&
        (forcedBy.id === viewer.id ? (
          <p className="text-muted">{t("own")}</p>
        ) : (
          <ReviewButton batchId={batchId} review={review} />
        ))}
    </div>
  );
}
