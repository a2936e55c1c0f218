import type { ReactNode } from "react";
import { ActsProvider } from "../../acts-provider.tsx";

export default function TokensLayout({ children }: { children: ReactNode }) {
  return <ActsProvider words={["tokenActs"]}>{children}</ActsProvider>;
}
