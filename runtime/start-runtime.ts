import path from "node:path";
import pino from "pino";
import { createFlagClient, type FlagClient } from "#sdk/flag-client.ts";
import { DeliveryThread } from "./delivery/delivery-thread.ts";
import type { Trouble } from "./delivery/dispatcher.ts";
import { followRoster } from "./follow-roster.ts";
import { createServer } from "./http/server.ts";
import { keepAccess } from "./keep-access.ts";
import { AuthenticationTemplates } from "./send/authentication-templates.ts";
import type { Settings } from "./settings.ts";
import { lockFolder } from "./store/lock-folder.ts";
import { Store } from "./store/store.ts";

export type RunningRuntime = {
  url: string;
  businessId: string;
  apiKey: string;
  close: () => Promise<void>;
};

/**
 * Starts a messaging runtime. It takes payloads as soon as it has flags, from the console or its state file.
 * @throws Error when its folder is another runtime's or cannot be used, or its port is taken
 */
export async function startRuntime(settings: Settings): Promise<RunningRuntime> {
  const log = pino({ base: null, level: settings.logLevel });
  const onTrouble = (trouble: Trouble) => tell(log, trouble);
  const lock = lockFolder(settings.dataDir);
  const store = new Store(settings.dataDir, (error) => onTrouble({ kind: "store", error }));
  const { webhook } = settings;
  const delivery = await DeliveryThread.start({ store, webhook, onTrouble });
  const access = await keepAccess(settings);
  const flags = followFlags({ settings, log, store });
  const { meta, graph, bsuidSending } = settings;
  const authenticationTemplates = new AuthenticationTemplates(settings.authenticationTemplates);
  const sending = { graph, bsuidSending, authenticationTemplates };
  if (meta.appSecret === null) log.warn("META_APP_SECRET is not set: payloads are not verified");
  const deliver = delivery.deliver.bind(delivery);
  const app = createServer({ flags, store, deliver, log, meta, ...sending, ...access });
  const stopRoster = followRoster({
    settings,
    numbers: store.numbers,
    write: store.write.bind(store),
    log,
  });
  const url = await app.listen({ host: settings.host, port: settings.port });
  const close = async () => {
    stopRoster();
    await app.close();
    await delivery.close();
    await flags.close();
    store.close();
    lock.release();
  };
  return { url, ...access, close };
}

/** What an earlier process decided and did not report any more is counted here. */
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
  flags.on("error", ({ code, message }) => log.warn({ code, message }, "flags: trouble"));
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
