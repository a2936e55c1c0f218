import { Notice } from "./notice.tsx";

/** Shown where the browser runs no scripts, and the page needs them. */
export function WithoutScripts({ text }: { text: string }) {
  return (
    <div className="hidden p-2 noscript:block">
      <Notice tone="warning">{text}</Notice>
    </div>
  );
}
