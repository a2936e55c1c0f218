import path from "node:path";
import { DatabaseSync } from "node:sqlite";
import { expect, test } from "vitest";
import { aBusiness } from "../testing/a-business.ts";
import { aCustomer, aMessage, aPayload, aPhoneLess, aWamid } from "../testing/payloads.ts";
import { until } from "../testing/until.ts";

const OFF = "300000000000001";
const ROUNDS = 3;
const TEST_MS = 180_000;
const CONNECTIONS = 20;
const ACCEPTED_A_ROUND = 60;

/** Posts payloads, each with a customer who has a phone and one who has none, until the runtime dies. */
async function postUntilDead(post: (payload: object) => Promise<Response>, accepted: Set<string>) {
  await Promise.all(
    Array.from({ length: CONNECTIONS }, async () => {
      for (;;) {
        const [kept, dropped] = [aWamid(), aWamid()];
        const payload = aPayload(
          aMessage({ to: OFF, from: aCustomer(), id: kept, text: kept }),
          aMessage({ to: OFF, from: aPhoneLess(), id: dropped, text: dropped }),
        );
        try {
          if ((await post(payload)).status !== 200) return;
        } catch {
          return;
        }
        accepted.add(kept);
      }
    }),
  );
}

test(
  "killed under load repeatedly: accepted messages arrive, each with one event id; dropped ones never do",
  async () => {
    const { receiver, runtime, restart, settings } = await aBusiness();
    // Some webhooks are refused, so that there is always something to repeat.
    receiver.behave((response) => response.writeHead(Math.random() < 0.1 ? 500 : 200).end());
    const accepted = new Set<string>();
    let current = runtime;
    for (let round = 0; round < ROUNDS; round += 1) {
      const load = postUntilDead((payload) => current.post(payload), accepted);
      // By count, so that the kill comes in the middle of the load however fast this machine is.
      const enough = accepted.size + ACCEPTED_A_ROUND + round;
      await until(() => accepted.size >= enough, 30_000);
      await current.kill();
      await load;
      current = await restart();
    }
    const idsOf = new Map<string, Set<string>>();
    const collect = () => {
      idsOf.clear();
      for (const { body, eventId } of receiver.webhooks) {
        const text = String(body.message?.text);
        idsOf.set(text, (idsOf.get(text) ?? new Set()).add(eventId));
      }
      return [...accepted].every((id) => idsOf.has(id));
    };
    await until(collect, 30_000);
    expect([...idsOf.values()].filter((ids) => ids.size !== 1)).toEqual([]);
    expect(receiver.webhooks.every(({ isSigned }) => isSigned)).toBe(true);
    await current.stop();
    const kindOf = readKinds(settings.RUNTIME_DATA_DIR);
    const decided = (kind: string) => [...kindOf].filter(([, of]) => of === kind).map(([id]) => id);
    expect([...idsOf.keys()].filter((id) => kindOf.get(id) !== "webhook")).toEqual([]);
    expect(decided("drop").length).toBeGreaterThanOrEqual(accepted.size);
    expect(decided("drop").filter((id) => idsOf.has(id))).toEqual([]);
  },
  TEST_MS,
);

/** What the runtime has recorded for each message. */
function readKinds(dataDir: string): Map<string, string> {
  const database = new DatabaseSync(path.join(dataDir, "runtime.sqlite"), { readOnly: true });
  const rows = database.prepare("SELECT message_id AS id, kind FROM event").all();
  database.close();
  return new Map((rows as { id: string; kind: string }[]).map(({ id, kind }) => [id, kind]));
}
