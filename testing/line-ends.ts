/** What some program takes for the end of a line, among the characters that our texts may contain. */
export const LINE_ENDS = ["\n", "\r", "\r\n", "\u0085", "\u2028", "\u2029"] as const;
