/** What a payload says about the number that it was sent to. */
export type NamedNumber = {
  phoneNumberId: string;
  /** E.164 with `+`; null for an unknown number. */
  displayPhoneNumber: string | null;
};

/**
 * Returns the payload as if all of it had been sent to this number. Anything but a webhook is returned
 * unchanged.
 */
export function withNumber(payload: unknown, number: NamedNumber): unknown {
  const { phoneNumberId, displayPhoneNumber } = number;
  const metadata = {
    ...(displayPhoneNumber === null ? {} : { display_phone_number: displayPhoneNumber.slice(1) }),
    phone_number_id: phoneNumberId,
  };
  return mapList(payload, "entry", (entry) =>
    mapList(entry, "changes", (change) => {
      const value = asObject(asObject(change)?.value);
      if (!value || !Object.hasOwn(value, "metadata")) return change;
      return { ...asObject(change), value: { ...value, metadata } };
    }),
  );
}

function mapList(value: unknown, key: string, map: (item: unknown) => unknown): unknown {
  const object = asObject(value);
  const list = object?.[key];
  return Array.isArray(list) ? { ...object, [key]: list.map(map) } : value;
}

function asObject(value: unknown): Record<string, unknown> | null {
  const isObject = typeof value === "object" && value !== null && !Array.isArray(value);
  return isObject ? (value as Record<string, unknown>) : null;
}
