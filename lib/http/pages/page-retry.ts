/** `Retry-After`, in seconds, of pages, actions and sign-ins that the database kept from being answered. */
export const PAGE_RETRY_AFTER = "5";
