import { useTranslations } from "next-intl";
import type { PersonActor } from "#lib/access/actor.ts";
import { ChevronsUpDown } from "../ui/icons.tsx";
import { NavLink } from "./nav-link.tsx";
import { SignOut } from "./sign-out.tsx";
import { ThemeSwitch } from "./theme-switch.tsx";

const MENU_ID = "person-menu";

/** Who is signed in, at the foot of the rail; opens their account, the theme and the sign-out. */
export function PersonMenu({ person }: { person: PersonActor }) {
  const t = useTranslations("shell");
  const role = useTranslations("role");
  return (
    <div className="mt-auto">
      <button
        type="button"
        popoverTarget={MENU_ID}
        className="flex min-h-11 w-full items-center gap-2 rounded-control px-2 py-1 text-left hover:bg-hover rail:max-names:justify-center rail:max-names:px-0"
      >
        <span
          aria-hidden
          className="grid size-6 shrink-0 place-items-center rounded-full bg-selected text-meta font-semibold"
        >
          {toInitials(person.name)}
        </span>
        <span className="min-w-0 flex-1 rail:max-names:sr-only">
          <bdi className="block truncate font-medium">{person.name}</bdi>
          <span className="block text-meta text-muted">
            {role(person.role)}
            <span className="sr-only">: {t("personMenu")}</span>
          </span>
        </span>
        <ChevronsUpDown
          aria-hidden
          className="size-3.5 shrink-0 text-muted rail:max-names:hidden"
        />
      </button>
      <div
        id={MENU_ID}
        popover="auto"
        className="inset-auto bottom-14 left-2 m-0 w-64 flex-col gap-3 rounded-control border border-line-button bg-raised p-3 text-text shadow-raised open:flex"
      >
        <p className="min-w-0 px-1 text-meta text-muted wrap-anywhere">
          <bdi>{person.email}</bdi>
        </p>
        <NavLink
          href="/account"
          segment="account"
          style="flex min-h-8 items-center rounded-control px-1 font-medium hover:bg-hover max-rail:min-h-11"
        >
          {t("account")}
        </NavLink>
        <ThemeSwitch
          name={t("theme")}
          choices={{
            system: t("themeSystem"),
            light: t("themeLight"),
            dark: t("themeDark"),
          }}
        />
        <SignOut personId={person.id} />
      </div>
    </div>
  );
}

/** The first letters of the first and the last word of a name. */
function toInitials(name: string): string {
  const words = name.split(/\s+/).filter(Boolean);
  const ends = words.length > 1 ? [words[0], words.at(-1)] : words;
  return ends.map((word) => [...(word ?? "")][0]?.toLocaleUpperCase() ?? "").join("");
}
