import { Counter, collectDefaultMetrics, Gauge, Registry } from "prom-client";
import { flagFeed } from "../flags/flag-feed.ts";
import { liveHub } from "../live/live-hub.ts";
import { processSlot } from "../process-slot.ts";
import { tokenMemory } from "../tokens/token-memory.ts";
import { readRequestCounts } from "./request-counts.ts";

const slot = processSlot<Registry>("metrics");

/**
 * The metrics for monitoring. Values are read at each scrape, so that they cost requests nothing. The
 * endpoint is public, so metrics must not reveal customers, people or tokens.
 */
export function metricsRegistry(): Registry {
  slot.value ??= createRegistry();
  return slot.value;
}

function createRegistry(): Registry {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  addRequests(registry);
  for (const { name, help, read } of GAUGES) {
    new Gauge({
      name: `bsuid_console_${name}`,
      help,
      registers: [registry],
      collect() {
        const value = read();
        if (value === null) this.remove();
        else this.set(value);
      },
    });
  }
  return registry;
}

/** `read` returns null while there is no value yet. */
const GAUGES: readonly { name: string; help: string; read: () => number | null }[] = [
  {
    name: "flags_loaded",
    help: "1 once flags can be served.",
    read: () => (flagFeed().timeline ? 1 : 0),
  },
  {
    name: "flags_revision",
    help: "The flags' revision as served by this process.",
    read: () => flagFeed().timeline?.revision ?? null,
  },
  {
    name: "flags_accepting",
    help: "How many numbers are on, as served by this process.",
    read: () => flagFeed().timeline?.accepts.length ?? null,
  },
  {
    name: "flags_age_seconds",
    help: "For how long the database has been away; 0 while it is in reach.",
    read: () => flagFeed().ageSeconds ?? 0,
  },
  {
    name: "flags_reconcile_lag_seconds",
    help: "Since the flags were last compared with the database, which happens each second.",
    read: () => flagFeed().secondsSinceContact,
  },
  {
    name: "flags_listeners",
    help: "Streams and held polls that wait for a change.",
    read: () => flagFeed().listenerCount,
  },
  {
    name: "live_streams",
    help: "Browsers whose pages hear of changes at once.",
    read: () => liveHub().streamCount,
  },
  {
    name: "remembered_tokens",
    help: "Tokens that are checked without the database.",
    read: () => tokenMemory().size,
  },
];

function addRequests(registry: Registry): void {
  new Counter({
    name: "bsuid_console_http_requests_total",
    help: "Requests by route; pages and what has no route are other, and streams count as they begin.",
    labelNames: ["route", "method", "status"],
    registers: [registry],
    collect() {
      this.reset();
      for (const { count, route, method, status } of readRequestCounts()) {
        this.inc({ route, method, status }, count);
      }
    },
  });
}
