const NAME = "single-keys";
const OFF = "off";

/** Whether keys without a modifier work: people who speak to their computer switch them off. */
export function areSingleKeysOn(): boolean {
  try {
    return localStorage.getItem(NAME) !== OFF;
  } catch {
    return true;
  }
}

export function setSingleKeys(isOn: boolean): void {
  if (isOn) localStorage.removeItem(NAME);
  else localStorage.setItem(NAME, OFF);
}
