import type { Permission } from "#lib/access/permissions.ts";

/**
 * Where a key works: on every page, on one with a list of numbers, with the focus in one of its rows or on
 * the row's link, or while a peek is open.
 */
type Where = "anywhere" | "list" | "row" | "link" | "peek";

type Key = {
  action: string;
  group: "everywhere" | "list" | "number";
  /** As `KeyboardEvent.key` says it, letters small; `Mod` is ⌘ or Ctrl; a blank is "then". */
  press: string;
  where: Where;
  /** Works by itself: of a link, or of the list. */
  isNative?: true;
  permission?: Permission;
};

/** Every key of the console, for the listener and for the sheet that lists them. */
export const KEYS = [
  { action: "jump", group: "everywhere", press: "Mod+k", where: "anywhere" },
  { action: "search", group: "everywhere", press: "/", where: "anywhere" },
  { action: "numbers", group: "everywhere", press: "g n", where: "anywhere" },
  { action: "requests", group: "everywhere", press: "g r", where: "anywhere" },
  {
    action: "audit",
    group: "everywhere",
    press: "g a",
    where: "anywhere",
    permission: "audit:read",
  },
  { action: "keys", group: "everywhere", press: "?", where: "anywhere" },
  { action: "next", group: "list", press: "j", where: "list" },
  { action: "next", group: "list", press: "ArrowDown", where: "row" },
  { action: "previous", group: "list", press: "k", where: "list" },
  { action: "previous", group: "list", press: "ArrowUp", where: "row" },
  { action: "peek", group: "list", press: "Space", where: "link" },
  { action: "open", group: "list", press: "Enter", where: "link", isNative: true },
  {
    action: "select",
    group: "list",
    press: "x",
    where: "row",
    permission: "request:create",
  },
  {
    action: "selectRange",
    group: "list",
    press: "Shift+x",
    where: "row",
    permission: "request:create",
  },
  { action: "close", group: "list", press: "Escape", where: "peek" },
  { action: "change", group: "number", press: "e", where: "row", permission: "flag:set" },
  { action: "copy", group: "number", press: "c", where: "row" },
] as const satisfies readonly Key[];

export type KeyAction = (typeof KEYS)[number]["action"];

/** Those of the keys that the person may use. */
export type OwnKeys = readonly (typeof KEYS)[number][];
