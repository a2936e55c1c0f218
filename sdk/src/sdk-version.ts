/** What a report says it comes from: the package's name and version, which a test holds against package.json. */
export const SDK_VERSION = "@bsuid/sdk/1.0.0";
