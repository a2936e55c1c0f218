import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { getTimeZone, getTranslations } from "next-intl/server";
import { TimeZoneCookie } from "#components/shell/time-zone-cookie.tsx";
import { OpenIdButton } from "#components/sign-in/openid-button.tsx";
import { SignInForm } from "#components/sign-in/sign-in-form.tsx";
import { Notice } from "#components/ui/notice.tsx";
import { WithoutScripts } from "#components/ui/without-scripts.tsx";
import { getConfig } from "#lib/config.ts";
import { readReadiness } from "#lib/http/api/readiness.ts";
import { HOME, toLocalPath } from "../local-path.ts";
import { findActor, findPasswordChooser, findSession } from "../session.ts";
import { timeZoneCookieName } from "../time-zone.ts";
import { toSignInProblem } from "./sign-in-problem.ts";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("signIn");
  return { title: t("title") };
}

export default async function SignInPage({ searchParams }: PageProps<"/sign-in">) {
  const { next, callbackUrl, error } = await searchParams;
  const { nextAuthUrl, oidc, passwordSignIn } = getConfig();
  const path = toLocalPath(toText(next) ?? toText(callbackUrl)?.replace(nextAuthUrl, ""));
  // Cast after toLocalPath's check: it is a path of this site.
  if (await findActor()) redirect(path as "/numbers");
  if (await findPasswordChooser()) redirect(`/choose-password?next=${encodeURIComponent(path)}`);
  const wasEnded = (await findSession()) !== null;
  const t = await getTranslations("signIn");
  const product = await getTranslations("product");
  const shell = await getTranslations("shell");
  const words = {
    email: t("email"),
    password: t("password"),
    submit: t("submit"),
    submitting: t("submitting"),
    wrong: t("wrong"),
    failed: t("failed"),
    throttled: t.raw("throttled") as string,
    openId: t("openId"),
    openIdPending: t("openIdPending"),
  };
  const problem = await toSignInProblem(toText(error));
  const { clockOffSeconds: clockOff } = readReadiness();
  return (
    <main className="mx-auto flex min-h-dvh w-full max-w-sm flex-col gap-4 px-4 pt-[12dvh] pb-8">
      <div>
        <p className="text-muted">{product("name")}</p>
        <h1 className="text-title font-semibold">{t("title")}</h1>
        <p className="pt-1 text-muted">{t("lead")}</p>
      </div>
      <WithoutScripts text={shell("needsScripts")} />
      {wasEnded && (
        <Notice tone="warning" isAlert>
          {t("ended")}
        </Notice>
      )}
      {!wasEnded && !problem && next !== undefined && path !== HOME && (
        <Notice>{t("toContinue")}</Notice>
      )}
      {problem && (
        <Notice tone="danger" isAlert>
          {problem}
        </Notice>
      )}
      {clockOff !== undefined && (
        <Notice tone="warning">{t("clockOff", { seconds: Math.abs(clockOff) })}</Notice>
      )}
      {oidc && <OpenIdButton next={path} words={words} />}
      {oidc && passwordSignIn && <p className="text-center text-muted">{t("or")}</p>}
      {passwordSignIn && <SignInForm next={path} words={words} />}
      {!oidc && !passwordSignIn && <Notice tone="warning">{t("unavailable")}</Notice>}
      <TimeZoneCookie timeZone={await getTimeZone()} cookieName={timeZoneCookieName()} />
    </main>
  );
}

function toText(given: string | string[] | undefined): string | undefined {
  return typeof given === "string" ? given : undefined;
}
