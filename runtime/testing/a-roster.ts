import { once } from "node:events";
import { createServer, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { onTestFinished } from "vitest";

type RosterNumber = {
  phoneNumberId: string;
  displayPhoneNumber: string;
  portfolioId: string;
  wabaId: string;
  retiredAt: string | null;
};

/** Answers in the console's place; false leaves it to the console. */
type Fault = (response: ServerResponse) => boolean;

/** Serves a console's `GET /api/v1/numbers?updatedSince=` over real HTTP until the test ends. */
export async function aRoster({ token }: { token: string }) {
  const numbers = new Map<string, RosterNumber & { revision: number }>();
  const asked: string[] = [];
  let revision = 0;
  let timeline = "first";
  let fault: Fault = () => false;
  const toCursor = (after: number) => `${timeline}.${after}`;
  const answer = (since: string, limit: number) => {
    const [of, after] = since.split(".");
    const isKnown = of === timeline;
    const changed = [...numbers.values()]
      .filter((number) => !isKnown || number.revision > Number(after))
      .sort((one, other) => one.revision - other.revision);
    const page = changed.slice(0, limit);
    const nextCursor = toCursor(page.at(-1)?.revision ?? (isKnown ? Number(after) : 0));
    return {
      items: page.map(({ revision: _, ...number }) => ({ ...number, label: "x" })),
      nextCursor,
    };
  };
  const server = createServer((request, response) => {
    const url = new URL(request.url ?? "", "http://console.test");
    asked.push(url.searchParams.get("updatedSince") ?? "");
    if (fault(response)) return;
    const isAllowed = request.headers.authorization === `Bearer ${token}`;
    response.writeHead(isAllowed && url.pathname === "/api/v1/numbers" ? 200 : 401);
    const { updatedSince = "", limit } = Object.fromEntries(url.searchParams);
    response.end(JSON.stringify(answer(updatedSince, Number(limit))));
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    /** The `updatedSince` of each request. */
    asked,
    put: (phoneNumberId: string, fields: Partial<RosterNumber> = {}) => {
      revision += 1;
      const fresh = {
        phoneNumberId,
        displayPhoneNumber: `+1555${phoneNumberId.padStart(7, "0")}`,
        portfolioId: "p1",
        wabaId: "w1",
        retiredAt: null,
      };
      const before = numbers.get(phoneNumberId) ?? fresh;
      numbers.set(phoneNumberId, { ...before, ...fields, revision });
    },
    /** Restores a backup, after which earlier cursors are unknown. */
    restore: (name: string) => {
      timeline = name;
      revision = 0;
      for (const number of numbers.values()) number.revision = revision += 1;
    },
    behave: (next: Fault) => {
      fault = next;
    },
  };
}
