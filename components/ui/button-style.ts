import { cva } from "class-variance-authority";

/** The style of a button, for buttons and for links that look like one. */
export const buttonStyle = cva(
  "inline-flex min-h-8 items-center justify-center gap-1.5 rounded-control border px-3 py-1 text-center font-medium disabled:opacity-60",
  {
    variants: {
      variant: {
        primary: "border-transparent bg-accent text-accent-text hover:bg-accent-strong",
        secondary: "border-border-control bg-background hover:bg-surface-strong",
        quiet: "border-transparent hover:bg-surface-strong",
      },
    },
    defaultVariants: { variant: "secondary" },
  },
);
