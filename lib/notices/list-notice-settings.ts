import type { PersonActor } from "../access/actor.ts";
import { db } from "../db/client.ts";
import { KIND_RULES, listKinds, type NoticeKind } from "./notice-kinds.ts";

/** A kind of notice that somebody may be told of, and whether they are. */
export type NoticeSetting = { kind: NoticeKind; isMuted: boolean; canMute: boolean };

/** Lists the kinds of notice that the actor's role is told of, with what they switched off. */
export async function listNoticeSettings(actor: PersonActor): Promise<NoticeSetting[]> {
  const rows = await db().mutedNotice.findMany({ where: { personId: actor.id } });
  const muted = new Set(rows.map(({ kind }) => kind));
  return listKinds(actor.role).map((kind) => {
    const { canMute } = KIND_RULES[kind];
    return { kind, canMute, isMuted: canMute && muted.has(kind) };
  });
}
