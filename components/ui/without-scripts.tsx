import { Notice } from "./notice.tsx";

/** What is said where the browser runs no scripts, and something here needs them. */
export function WithoutScripts({ text }: { text: string }) {
  return (
    <div className="hidden p-2 noscript:block">
      <Notice tone="warning">{text}</Notice>
    </div>
  );
}
