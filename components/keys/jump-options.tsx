import { FlagState } from "../flags/flag-state.tsx";
import { PAGE_ICONS } from "../shell/page-icons.ts";
import { ArrowRight, Bell, List, TrendingDown, User } from "../ui/icons.tsx";
import type { JumpOption, Jumps } from "./jumps.ts";
import { Marked } from "./marked.tsx";
import { hasEveryWord } from "./to-parts.ts";

const ICONS = {
  ...PAGE_ICONS,
  notices: Bell,
  account: User,
  losing: TrendingDown,
  list: List,
  person: User,
  act: ArrowRight,
} as const;

/** The options of the palette in their groups, each a link. */
export function JumpOptions({
  jumps: { q, groups },
  current,
  toId,
  onChoose,
}: {
  jumps: Jumps;
  /** The index of the marked option, over all groups. */
  current: number;
  toId: (index: number) => string;
  onChoose: () => void;
}) {
  const firsts = groups.map((_, at) =>
    groups.slice(0, at).reduce((sum, { options }) => sum + options.length, 0),
  );
  return groups.map(({ title, options }, at) => (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset is no part of a listbox
    <div key={title} role="group" aria-label={title}>
      <div aria-hidden className="px-2 pt-3 pb-1 text-meta font-medium text-muted">
        {title}
      </div>
      {options.map((option, index) => {
        const place = (firsts[at] ?? 0) + index;
        return (
          <Option
            key={`${option.href} ${option.title}`}
            id={toId(place)}
            option={option}
            q={q}
            isCurrent={place === current}
            onChoose={onChoose}
          />
        );
      })}
    </div>
  ));
}

function Option({
  id,
  option: { href, icon, title, detail, loss, flag, note },
  q,
  isCurrent,
  onChoose,
}: {
  id: string;
  option: JumpOption;
  /** What was typed, which is bold in the option. */
  q: string;
  isCurrent: boolean;
  onChoose: () => void;
}) {
  const Icon = ICONS[icon];
  const marked = hasEveryWord(`${title} ${detail ?? ""}`, q) ? q : "";
  return (
    <a
      id={id}
      href={href}
      role="option"
      aria-selected={isCurrent}
      tabIndex={-1}
      onClick={(event) => event.ctrlKey || event.metaKey || event.shiftKey || onChoose()}
      className="flex min-h-10 items-center gap-3 rounded-control px-2 py-0.5 hover:bg-hover aria-selected:bg-selected max-rail:min-h-11"
    >
      <Icon aria-hidden className="size-4 shrink-0 text-muted" />
      <span className="min-w-0">
        <bdi className="block truncate">
          <Marked text={title} q={marked} />
        </bdi>
        {detail && (
          <bdi className="block truncate text-meta text-muted">
            <Marked text={detail} q={marked} />
          </bdi>
        )}
      </span>
      <span className="ml-auto flex shrink-0 items-center gap-3 text-muted tabular-nums">
        {loss && <span className="font-medium text-amber">{loss}</span>}
        {flag && <FlagState flag={flag} />}
        {note}
      </span>
    </a>
  );
}
