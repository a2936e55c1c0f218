import type { ReactNode } from "react";
import { ActsProvider } from "../../acts-provider.tsx";

export default function RuntimesLayout({ children }: { children: ReactNode }) {
  return <ActsProvider words={["runtimeActions"]}>{children}</ActsProvider>;
}
