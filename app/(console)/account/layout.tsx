import type { ReactNode } from "react";
import { ActsProvider } from "../../acts-provider.tsx";

export default function AccountLayout({ children }: { children: ReactNode }) {
  return <ActsProvider words={["accountActs"]}>{children}</ActsProvider>;
}
