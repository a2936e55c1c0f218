import { getTranslations } from "next-intl/server";

/** next-auth's codes for a provider that does not answer, or whose answer is not accepted. */
const OF_NEXT_AUTH: Readonly<Record<string, string>> = {
  OAuthSignin: "providerAway",
  OAuthCallback: "answerRefused",
  Callback: "answerRefused",
  // Without JavaScript the form returns here.
  CredentialsSignin: "wrong",
};

/** Why a sign-in failed, in words, by the code in the address. Anybody can write a code there. */
export async function toSignInProblem(code: string | undefined): Promise<string | null> {
  if (code === undefined) return null;
  const t = await getTranslations("signIn");
  const seconds = /^RATE_LIMITED\.(\d{1,4})$/.exec(code)?.[1];
  if (seconds !== undefined) return t("throttled", { seconds });
  const problem = await getTranslations("signIn.problem");
  const key = OF_NEXT_AUTH[code] ?? code;
  return isProblem(key) && problem.has(key) ? problem(key) : t("failed");
}

type Problem = Parameters<Awaited<ReturnType<typeof getTranslations<"signIn.problem">>>>[0];

function isProblem(key: string): key is Problem {
  return /^\w+$/.test(key);
}
