/** The package's name and version for reports; a test compares them with package.json. */
export const SDK_VERSION = "@bsuid/sdk/1.0.0";
