export const CHANNELS = ["ui", "api", "import", "schedule", "cli"] as const;
export const OUTCOMES = ["success", "denied", "failed"] as const;
