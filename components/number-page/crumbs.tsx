import Link from "next/link";
import { useTranslations } from "next-intl";
import type { NumberRecord } from "#lib/numbers/number-record.ts";

const LINK = "underline decoration-line-field underline-offset-3";

/** Whose number it is: the account, and who looks after it. */
export function Crumbs({ number: { account } }: { number: NumberRecord }) {
  const t = useTranslations("number");
  const numbers = useTranslations("numbers");
  return (
    <p className="text-muted">
      <Link href={`/accounts/${account.id}`} prefetch={false} className={LINK}>
        <bdi>{account.name}</bdi>
      </Link>
      {" · "}
      {account.manager ? (
        <>
          {t("managedBy")}{" "}
          <a href={`mailto:${account.manager.email}`} className={LINK}>
            <bdi>{account.manager.name}</bdi>
          </a>
        </>
      ) : (
        numbers("noManager")
      )}
    </p>
  );
}
