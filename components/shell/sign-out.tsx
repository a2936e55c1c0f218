import { useTranslations } from "next-intl";
import { SignOutButton } from "./sign-out-button.tsx";

/** The button with its words, which need no catalogue in the browser. */
export function SignOut({ personId }: { personId: string }) {
  const t = useTranslations("shell");
  return (
    <SignOutButton
      personId={personId}
      words={{
        signOut: t("signOut"),
        signingOut: t("signingOut"),
        signOutFailed: t("signOutFailed"),
      }}
    />
  );
}
