/** The style of a text box or a select. */
export const CONTROL_STYLE =
  "w-full min-w-0 rounded-control border border-border-control bg-background px-2.5 py-1.5 text-text placeholder:text-muted aria-invalid:border-danger";
