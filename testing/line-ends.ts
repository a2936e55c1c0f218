/** What some program takes for the end of a line, of the characters that a text of ours may have. */
export const LINE_ENDS = ["\n", "\r", "\r\n", "\u0085", "\u2028", "\u2029"] as const;
