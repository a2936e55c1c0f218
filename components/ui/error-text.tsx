"use client";

import { createContext, type ReactNode, useContext } from "react";

export type ErrorText = { title: string; hint: string; digest: string; retry: string };

const ErrorTextContext = createContext<ErrorText>({ title: "", hint: "", digest: "", retry: "" });

/** Provides the texts of error pages, which Next renders in the browser without props. */
export function ErrorTextProvider({ text, children }: { text: ErrorText; children: ReactNode }) {
  return <ErrorTextContext value={text}>{children}</ErrorTextContext>;
}

export function useErrorText(): ErrorText {
  return useContext(ErrorTextContext);
}
