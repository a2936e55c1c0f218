"use client";

import { Button } from "./button.tsx";
import { useErrorText } from "./error-text.tsx";
import { Message } from "./message.tsx";

/** Shown when a page failed: what to do next, and the id to quote. */
export function ErrorScreen({ error, retry }: { error: unknown; retry: () => void }) {
  const text = useErrorText();
  const digest = toDigest(error);
  return (
    <Message title={text.title} hint={text.hint} isAlert>
      <Button variant="primary" onClick={retry}>
        {text.retry}
      </Button>
      {digest && (
        <p className="text-muted">
          {text.digest} <code className="font-mono">{digest}</code>
        </p>
      )}
    </Message>
  );
}

function toDigest(error: unknown): string | null {
  const hasDigest = typeof error === "object" && error !== null && "digest" in error;
  return hasDigest && typeof error.digest === "string" ? error.digest : null;
}
