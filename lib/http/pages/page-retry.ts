/** `Retry-After`, in seconds, of pages, actions and sign-ins that fail because of the database. */
export const PAGE_RETRY_AFTER = "5";
