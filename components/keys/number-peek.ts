/** A number at a glance, in words. */
export type NumberPeek = {
  phoneNumberId: string;
  label: string;
  phone: string;
  account: { id: string; name: string };
  flag: { acceptsBsuid: boolean; retiredAt: string | null };
  /** Where its last change is live; null when it was never changed. */
  live: string | null;
  /** Since when it is so, by whom, and why. */
  since: string;
  loss: { days: number[]; name: string; lost: string; accepted: string };
  /** The account's numbers of the same portfolio. */
  siblings: { isMixed: boolean; text: string };
  changes: { seq: number; day: string; text: string }[];
};
