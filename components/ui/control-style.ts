/** The style of a text box or a select: 32 px high, 44 px for a finger. */
export const CONTROL_STYLE =
  "min-h-8 w-full min-w-0 rounded-control border border-line-field bg-surface px-2.5 py-1 text-text placeholder:text-muted aria-invalid:border-red max-rail:min-h-11";
