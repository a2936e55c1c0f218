import type { Metadata } from "next";
import Link from "next/link";
import { getTimeZone, getTranslations } from "next-intl/server";
import { toTimeSpan } from "#components/audit/local-time.ts";
import { PersonUndo } from "#components/batches/person-undo.tsx";
import { SinceForm } from "#components/batches/since-form.tsx";
import { UndoPersonButton } from "#components/batches/undo-person-button.tsx";
import { Notice } from "#components/ui/notice.tsx";
import { previewPersonUndo } from "#lib/batches/preview-person-undo.ts";
import { orForbidden } from "../../../../or-forbidden.ts";
import { requireActor } from "../../../../session.ts";
import { undoPersonAction } from "../../actions.ts";
import { requirePerson } from "../require-person.ts";

type Props = PageProps<"/people/[personId]/undo">;

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("personUndo");
  return { title: t("title") };
}

export default async function PersonUndoPage({ params, searchParams }: Props) {
  const { personId } = await params;
  const actor = await requireActor(`/people/${personId}/undo`);
  const person = await requirePerson(actor, personId);
  const { since: typed } = await searchParams;
  const timeZone = await getTimeZone();
  const text = typeof typed === "string" ? typed : "";
  const since = text === "" ? undefined : toTimeSpan(text, timeZone)?.start.toISOString();
  const t = await getTranslations("personUndo");
  const preview = since ? await orForbidden(previewPersonUndo(actor, { personId, since })) : null;
  const expected = {
    changes: preview?.changes.length ?? 0,
    requests: preview?.needApproval.length ?? 0,
  };
  return (
    <>
      <Link
        href={`/people/${personId}`}
        prefetch={false}
        className="inline-flex min-h-6 items-center text-muted hover:underline"
      >
        {t("back")}
      </Link>
      <h1 className="pb-3 text-xl font-semibold wrap-anywhere">
        {t("heading", { name: person.name })}
      </h1>
      <div className="flex flex-col gap-4">
        <SinceForm value={text} timeZone={timeZone} />
        {text !== "" && since === undefined && (
          <Notice tone="danger" isAlert>
            {t("badTime")}
          </Notice>
        )}
        {preview && <PersonUndo preview={preview} />}
        {since && expected.changes + expected.requests > 0 && (
          <UndoPersonButton
            stretch={{ personId, since, expected }}
            undo={undoPersonAction.bind(null, actor.id)}
          />
        )}
      </div>
    </>
  );
}
