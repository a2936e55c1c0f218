import { getTranslations } from "next-intl/server";
import type { z } from "zod";
import type { ActionFailure, ActionResult } from "#components/actions/action.ts";
import type { PersonActor } from "#lib/access/actor.ts";
import { authorize } from "#lib/access/authorize.ts";
import type { Permission } from "#lib/access/permissions.ts";
import { AppError } from "#lib/errors.ts";
import { toAppError } from "#lib/http/api/to-app-error.ts";
import { noticeUnavailable } from "#lib/http/pages/unavailable-actions.ts";
import { parseInput } from "#lib/parse-input.ts";
import { DEFAULT_LOCALE } from "./i18n-request.ts";
import { OtherPersonSignedIn, requireViewer } from "./require-viewer.ts";
import { findActor, readOrigin } from "./session.ts";

type ActionSpec<Schema extends z.ZodType, Value, Current> = {
  /** The verb's own schema, or one derived from it where a page asks for less. */
  schema: Schema;
  /**
   * What the verb asks for whatever its input is, so that an attempt without it is refused and recorded, also
   * when the input is not valid. Null: it depends on the input, or everybody who is signed in has it.
   */
  permission: Permission | null;
  /** Calls one verb, and returns what the page needs of its result. */
  run: (actor: PersonActor, input: z.output<Schema>) => Promise<Value>;
  /** Finds the person who may use the action; by default everybody who is signed in. */
  findActor?: () => Promise<PersonActor | null>;
  /** The catalogue with a text for each error code. */
  words?: Words;
  /** The current state of what was acted on, where that is why the action was refused. */
  toCurrent?: (error: unknown) => Current | null;
};

type Words = "failure" | "accessFailure" | "requestFailure";

/**
 * A server action for the person who is signed in. Expected failures are returned, in words. Its first
 * argument is the person that the page was rendered for, bound on the server; the second is what the
 * browser sent.
 */
export function defineAction<Schema extends z.ZodType, Value, Current = never>(
  spec: ActionSpec<Schema, Value, Current>,
) {
  const { run, findActor: find = findActor, words = "accessFailure", toCurrent } = spec;
  return async (viewerId: string, input?: unknown): Promise<ActionResult<Value, Current>> => {
    try {
      const actor = await find();
      if (!actor) throw new AppError("UNAUTHENTICATED", "The session ended.");
      requireViewer(actor, viewerId);
      return { ok: true, value: await run(actor, parseAs(actor, spec, input)) };
    } catch (error) {
      return { ...(await toFailure(error, words)), current: toCurrent?.(error) ?? null };
    }
  };
}

/** Parses the input; when it is not valid, whoever lacks the permission learns that alone. */
function parseAs<Schema extends z.ZodType>(
  actor: PersonActor,
  { schema, permission }: Pick<ActionSpec<Schema, unknown, unknown>, "schema" | "permission">,
  input: unknown,
): z.output<Schema> {
  try {
    return parseInput(schema, input);
  } catch (error) {
    if (permission !== null) authorize(actor, permission, { tried: findId(input) });
    throw error;
  }
}

/** The id of what an input is about: its field that is named so, such as `personId`. */
function findId(input: unknown): unknown {
  if (typeof input !== "object" || input === null) return undefined;
  return Object.entries(input).find(([name]) => name.endsWith("Id"))?.[1];
}

async function toFailure(caught: unknown, words: Words): Promise<Omit<ActionFailure, "current">> {
  const { requestId } = await readOrigin();
  const error = toAppError(caught, requestId);
  const { code, issues } = error;
  if (error instanceof OtherPersonSignedIn) {
    const message = (await getTranslations("shell"))("otherPersonAct");
    return { ok: false, code, message };
  }
  if (code === "UNAVAILABLE") noticeUnavailable(requestId);
  // A database that has just not answered must not be asked again, for the person's language.
  const t = await (code === "UNAVAILABLE"
    ? getTranslations({ locale: DEFAULT_LOCALE, namespace: words })
    : getTranslations(words));
  const details = issues.map(({ message }) => message).join(" ");
  return { ok: false, code, message: t(code, { details, requestId }) };
}
