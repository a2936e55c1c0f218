import { useTranslations } from "next-intl";
import { SignOutButton } from "./sign-out-button.tsx";

/** The sign-out button with its texts, so that the browser needs no catalogue. */
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
