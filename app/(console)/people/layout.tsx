import type { ReactNode } from "react";
import { ActsProvider } from "../../acts-provider.tsx";

export default function PeopleLayout({ children }: { children: ReactNode }) {
  return <ActsProvider words={["personActs", "tokenActs"]}>{children}</ActsProvider>;
}
