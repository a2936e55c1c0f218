import path from "node:path";
import type { FastifyInstance } from "fastify";
import pino from "pino";
import { createFlagClient, type FlagClient } from "#sdk/flag-client.ts";
import { DeliveryThread } from "./delivery/delivery-thread.ts";
import type { Trouble } from "./delivery/dispatcher.ts";
import { createServer } from "./http/server.ts";
import { keepAccess } from "./keep-access.ts";
import { OvertakingStatuses } from "./receive/overtaking-statuses.ts";
import { PayloadTally } from "./receive/payload-tally.ts";
import { followRoster } from "./roster/follow-roster.ts";
import { AuthenticationTemplates } from "./send/authentication-templates.ts";
import { SendsInFlight } from "./send/sends-in-flight.ts";
import type { Settings } from "./settings.ts";
import { lockFolder } from "./store/lock-folder.ts";
import { Store } from "./store/store.ts";
import { StoreLoss } from "./store/store-loss.ts";

export type RunningRuntime = {
  url: string;
  businessId: string;
  apiKey: string;
  close: () => Promise<void>;
};

/** How long requests under way wait for Meta while closing; the process has to end within ten seconds. */
const DRAIN_MS = 2_500;
/** How long the last answers may take to be sent. */
const LAST_ANSWERS_MS = 500;

/** Functions that stop what was started; called in reverse order. */
type Stops = (() => Promise<void> | void)[];

/**
 * Starts a messaging runtime. It accepts payloads as soon as it has flags, from the console or its state file.
 * @throws Error, with nothing left open, when its folder cannot be used or is another runtime's, or its port
 * is taken
 */
export async function startRuntime(settings: Settings): Promise<RunningRuntime> {
  const stops: Stops = [];
  const close = async () => {
    for (let stop = stops.pop(); stop; stop = stops.pop()) await stop();
  };
  try {
    const running = await start(settings, stops);
    return { ...running, close };
  } catch (error) {
    await close();
    throw error;
  }
}

async function start(settings: Settings, stops: Stops): Promise<Omit<RunningRuntime, "close">> {
  const log = pino({ base: null, level: settings.logLevel });
  const onTrouble = (trouble: Trouble) => tell(log, trouble);
  const onStoreError = (error: unknown) => {
    if (error instanceof StoreLoss) log.error(error.message);
    else onTrouble({ kind: "store", error });
  };
  const lock = lockFolder(settings.dataDir);
  stops.push(() => lock.release());
  const store = new Store(settings.dataDir, onStoreError, settings);
  stops.push(() => store.close());
  const { webhook } = settings;
  const delivery = await DeliveryThread.start({ store, webhook, onTrouble });
  let flags: FlagClient | null = null;
  // In parallel, since each may take two seconds.
  stops.push(async () => void (await Promise.all([delivery.close(), flags?.close()])));
  const access = await keepAccess(settings);
  flags = followFlags({ settings, log, store });
  if (settings.meta.appSecret === null) {
    log.warn("META_APP_SECRET is not set: payloads are not verified");
  }
  const write = store.write.bind(store);
  const { numbers, rosterCursor: cursor } = store;
  const roster = followRoster({ settings, numbers, cursor, write, log });
  stops.push(roster.stop);
  const sends = new SendsInFlight();
  const deliver = delivery.deliver.bind(delivery);
  const statuses = new OvertakingStatuses({ store, sends, deliver, onError: onStoreError });
  const { meta, graph, bsuidSending } = settings;
  const authenticationTemplates = new AuthenticationTemplates(settings.authenticationTemplates);
  const tally = new PayloadTally(log);
  const [closing, ending] = [new AbortController(), new AbortController()];
  const sending = { graph, bsuidSending, authenticationTemplates, sends };
  const signals = { closing: closing.signal, ending: ending.signal };
  const app = createServer({
    flags,
    roster,
    store,
    statuses,
    tally,
    log,
    meta,
    ...sending,
    ...signals,
    ...access,
  });
  stops.push(() => closeServer(app, { closing, ending }));
  const url = await app.listen({ host: settings.host, port: settings.port });
  return { url, ...access };
}

/** Lets requests under way finish, then stops waiting for Meta, then cuts what is left. */
async function closeServer(
  app: FastifyInstance,
  { closing, ending }: { closing: AbortController; ending: AbortController },
): Promise<void> {
  closing.abort();
  const giveUp = setTimeout(() => ending.abort(), DRAIN_MS);
  const cut = setTimeout(() => app.server.closeAllConnections(), DRAIN_MS + LAST_ANSWERS_MS);
  await app.close();
  clearTimeout(giveUp);
  clearTimeout(cut);
}

/** Starts the flag client, and counts what an earlier process decided but did not report. */
function followFlags({
  settings,
  log,
  store: { reports },
}: {
  settings: Settings;
  log: pino.Logger;
  store: Store;
}): FlagClient {
  const flags = createFlagClient({
    url: settings.consoleUrl,
    token: settings.runtimeToken,
    instanceId: settings.instanceId,
    stateFile: path.join(settings.dataDir, "flags.state"),
    reportJournal: reports,
  });
  for (const { phoneNumberId, messageCase, isAccepted, at } of reports.takeUncounted())
    flags.count(phoneNumberId, messageCase, { accepted: isAccepted, at: new Date(at) });
  flags.on("ready", ({ source, revision }) => log.info({ source, revision }, "flags are there"));
  flags.on("change", ({ revision, reset }) => log.info({ revision, reset }, "flags changed"));
  flags.on("stale", ({ reason }) => log.warn({ reason }, "flags may be old"));
  flags.on("fresh", () => log.info("flags are fresh again"));
  flags.on("refused", ({ what, code, status }) => {
    log.error({ what, code, status }, "refused by the console, or something in front of it");
  });
  flags.on("recovered", ({ what, since }) =>
    log.info({ what, since }, "the console answers again"),
  );
  flags.on("error", ({ level, code, message }) => log[level]({ code, message }, "flags: trouble"));
  return flags;
}

function tell(log: pino.Logger, trouble: Trouble): void {
  switch (trouble.kind) {
    case "failing":
      log.warn({ why: trouble.why }, "the business's webhook fails; repeating");
      break;
    case "recovered":
      log.info("the business's webhook works again");
      break;
    case "given_up":
      log.error({ attempts: trouble.attempts }, "a webhook was given up");
      break;
    case "store":
      log.error({ err: trouble.error }, "the outbox cannot be written");
      break;
  }
}
