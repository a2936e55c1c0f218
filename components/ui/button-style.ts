const SHAPE =
  "inline-flex min-h-8 items-center justify-center gap-1.5 rounded-control border px-3 py-1 text-center font-medium disabled:cursor-not-allowed disabled:opacity-60 max-rail:min-h-11";

/** Ink acts; colours are states. */
const COLOURS = {
  primary: "border-ink bg-ink text-on-ink hover:opacity-90",
  secondary: "border-line-button bg-surface hover:bg-hover",
  quiet: "border-transparent hover:bg-hover",
  danger: "border-red-line text-red hover:bg-red-tint",
  "last-danger": "border-red bg-red text-surface hover:opacity-90",
} as const;

export type ButtonVariant = keyof typeof COLOURS;

/** The style of a button, for buttons and for links that look like one. */
export function buttonStyle({
  variant = "secondary",
}: {
  variant?: ButtonVariant | undefined;
} = {}) {
  return `${SHAPE} ${COLOURS[variant]}`;
}
