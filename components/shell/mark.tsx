import { AtSign } from "../ui/icons.tsx";

/** The product's mark. */
export function Mark() {
  return (
    <span
      aria-hidden
      className="grid size-5 shrink-0 place-items-center rounded-control bg-ink text-on-ink"
    >
      <AtSign className="size-3.5" strokeWidth={2.25} />
    </span>
  );
}
