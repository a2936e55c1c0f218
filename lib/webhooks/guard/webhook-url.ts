import { isIP } from "node:net";
import ipaddr from "ipaddr.js";
import { z } from "zod";
import { getConfig } from "../../config.ts";
import { isPublicAddress } from "./is-public-address.ts";

const MAX_URL = 2_000;
const HTTPS_PORT = 443;

/** Where an endpoint is, as its admin gives it; stored as it was understood. */
export const webhookUrlSchema = z
  .string({ error: "The address must be text." })
  .max(MAX_URL, "The address must have at most 2,000 characters.")
  .transform((text, context) => {
    const result = readWebhookUrl(text);
    if (result instanceof URL) return result.href;
    context.addIssue(result);
    return z.NEVER;
  })
  .meta({
    description: "Where webhooks are sent: https, by default to port 443 of a public address.",
    example: "https://hooks.example.com/bsuid",
  });

/**
 * Reads an address and checks all that can be known without asking for its host's addresses, which are
 * checked at each connection (guarded-connector.ts). Everything is checked in its parsed form:
 * `https://0x7f.1` is 127.0.0.1.
 *
 * @returns the URL, or in words why webhooks may not go there
 */
export function readWebhookUrl(text: string): URL | string {
  const url = URL.parse(text);
  if (!url) return "This is not a web address. It has the form https://hooks.example.com/path.";
  if (url.protocol !== "https:") return "The address must start with https://.";
  if (url.username !== "" || url.password !== "") {
    return "The address has a user name or password in it. Leave them out: what is sent is signed.";
  }
  const { ports, hosts } = getConfig().webhooks;
  const port = url.port === "" ? HTTPS_PORT : Number(url.port);
  if (!ports.includes(port)) {
    return `Port ${port} is not allowed here, only ${ports.join(", ")} (WEBHOOK_PORTS).`;
  }
  const host = toHost(url);
  if (hosts && !hosts.some((one) => isHostOf(host, one))) {
    return `Webhooks may go to listed hosts only, and ${host} is none of them (WEBHOOK_HOSTS).`;
  }
  if (isIP(host) !== 0 && !isAllowedAddress(host)) {
    return `${host} is not a public address. An operator can allow its network (WEBHOOK_PRIVATE_NETWORKS).`;
  }
  url.hash = "";
  return url;
}

/** Whether webhooks may be sent to this IP address: a public one, or of a network that the operator allowed. */
export function isAllowedAddress(address: string): boolean {
  if (isPublicAddress(address)) return true;
  if (!ipaddr.isValid(address)) return false;
  const parsed = ipaddr.process(address);
  return getConfig().webhooks.privateNetworks.some(
    ([network, bits]) => network.kind() === parsed.kind() && parsed.match(network, bits),
  );
}

/** The URL's host, as names are compared: without brackets, and without the dot that ends a full name. */
function toHost({ hostname }: URL): string {
  return hostname.replace(/^\[|\]$/g, "").replace(/\.$/, "");
}

function isHostOf(host: string, allowed: string): boolean {
  return allowed.startsWith(".") ? host.endsWith(allowed) : host === allowed;
}

/** How people know an address: without its query, in which receivers keep keys. */
export function toShownUrl(url: string): string {
  const { host, pathname, search } = new URL(url);
  return `https://${host}${pathname}${search === "" ? "" : "?…"}`;
}
