import Link from "next/link";
import { useTranslations } from "next-intl";
import type { TokenRecord } from "#lib/tokens/token-record.ts";
import { LastUse } from "../tokens/last-use.tsx";
import type { RevokeToken } from "../tokens/token-actions.ts";
import { RevokeButton } from "../tokens/token-buttons.tsx";
import { TokenState } from "../tokens/token-state.tsx";

/** A person's active tokens, each with a button to revoke it. */
export function PersonTokens({
  email,
  tokens,
  revoke,
}: {
  email: string;
  tokens: readonly TokenRecord[];
  revoke: RevokeToken;
}) {
  const t = useTranslations("people");
  return (
    <section aria-labelledby="tokens">
      <h2 id="tokens" className="flex min-h-8 items-center pb-1 font-semibold">
        {t("tokens")}
      </h2>
      {tokens.length === 0 && <p className="border-t py-2 text-muted">{t("tokensNone")}</p>}
      <ul>
        {tokens.map((token) => (
          <li key={token.id} className="flex items-start gap-3 border-t py-2">
            <div className="min-w-0 flex-1">
              <p className="font-medium wrap-anywhere">
                <bdi>{token.name}</bdi>
              </p>
              <code className="block font-mono text-meta text-muted">{token.prefix}…</code>
              <LastUse lastUse={token.lastUse} />
              <TokenState token={token} />
            </div>
            <RevokeButton
              token={{ id: token.id, name: token.name, kind: token.kind }}
              revoke={revoke}
            />
          </li>
        ))}
      </ul>
      <p className="border-t pt-2">
        <Link
          href={`/tokens?q=${encodeURIComponent(email)}&state=all`}
          prefetch={false}
          className="underline decoration-line-field underline-offset-3"
        >
          {t("allTokens")}
        </Link>
      </p>
    </section>
  );
}
