import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { ChoosePasswordForm } from "#components/account/choose-password-form.tsx";
import { SignOut } from "#components/shell/sign-out.tsx";
import { isolate } from "#components/ui/isolate.ts";
import { WithoutScripts } from "#components/ui/without-scripts.tsx";
import { MIN_PASSWORD_CHARACTERS } from "#lib/people/password.ts";
import { toLocalPath } from "../local-path.ts";
import { findPasswordChooser } from "../session.ts";
import { choosePasswordAction } from "./actions.ts";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("choosePassword");
  return { title: t("title") };
}

/**
 * The only page that a person sees after signing in with a password that an admin created, until they
 * choose their own.
 */
export default async function ChoosePasswordPage({ searchParams }: PageProps<"/choose-password">) {
  const { next } = await searchParams;
  const path = toLocalPath(typeof next === "string" ? next : undefined);
  const chooser = await findPasswordChooser();
  // The sign-in page redirects people who are signed in.
  if (!chooser) redirect(`/sign-in?next=${encodeURIComponent(path)}`);
  const t = await getTranslations("choosePassword");
  const { email, passwordMaker } = chooser;
  const lead = passwordMaker
    ? t("leadMadeBy", { email, maker: isolate(passwordMaker.name) })
    : t("lead", { email });
  const product = await getTranslations("product");
  const shell = await getTranslations("shell");
  const fewestCharacters = MIN_PASSWORD_CHARACTERS;
  const words = {
    new: t("new"),
    newHint: t("newHint", { fewestCharacters }),
    newShort: t("newShort", { fewestCharacters }),
    again: t("again"),
    againWrong: t("againWrong"),
    submit: t("submit"),
    submitting: t("submitting"),
    offline: t("offline"),
  };
  return (
    <main className="mx-auto flex min-h-dvh w-full max-w-sm flex-col gap-4 px-4 pt-[12dvh] pb-8">
      <div>
        <p className="text-muted">{product("name")}</p>
        <h1 className="text-title font-semibold">{t("title")}</h1>
        <p className="pt-1 text-muted wrap-anywhere">{lead}</p>
      </div>
      <WithoutScripts text={shell("needsScripts")} />
      <ChoosePasswordForm
        email={email}
        next={path}
        fewestCharacters={fewestCharacters}
        choose={choosePasswordAction.bind(null, chooser.id)}
        words={words}
      />
      <div className="flex flex-wrap items-center justify-between gap-2 border-t pt-4">
        <p className="text-muted">{t("notNow")}</p>
        <SignOut personId={chooser.id} />
      </div>
    </main>
  );
}
