import type { Metadata } from "next";
import { getTimeZone, getTranslations } from "next-intl/server";
import { toTimeSpan } from "#components/audit/local-time.ts";
import { PersonUndo } from "#components/batches/person-undo.tsx";
import { SinceForm } from "#components/batches/since-form.tsx";
import { UndoPersonButton } from "#components/batches/undo-person-button.tsx";
import { Notice } from "#components/ui/notice.tsx";
import { PageHeader } from "#components/ui/page-header.tsx";
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
      <PageHeader
        title={t("heading", { name: person.name })}
        back={{ href: `/people/${personId}`, name: t("back") }}
      />
      <div className="flex flex-col gap-4 pt-4">
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
