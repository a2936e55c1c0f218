import { createHmac, hkdfSync, timingSafeEqual } from "node:crypto";
import { getConfig } from "../config.ts";
import { databaseNow } from "../db/database-clock.ts";

/** How long a ticket opens a stream. */
const TICKET_LIFE_MS = 60_000;
const TICKET = /^(?<expires>[0-9]{1,15})\.(?<sessionId>[0-9a-f-]{36})\.(?<mac>[A-Za-z0-9_-]{43})$/;

type Ticket = { sessionId: string; origin: string; expires: number };

/** A ticket that opens the live stream of a session from one origin, for 60 s. */
export function makeTicket(of: Omit<Ticket, "expires">): string {
  return signTicket({ ...of, expires: databaseNow().getTime() + TICKET_LIFE_MS });
}

/** @param ticket `expires` in milliseconds since 1970 */
export function signTicket(ticket: Ticket): string {
  return `${ticket.expires}.${ticket.sessionId}.${sign(ticket).toString("base64url")}`;
}

/** The session that a ticket was made for; null when it is forged, of another origin or out of date. */
export function readTicket(ticket: string, origin: string): string | null {
  const { expires = "", sessionId = "", mac = "" } = TICKET.exec(ticket)?.groups ?? {};
  const expected = sign({ expires: Number(expires), sessionId, origin });
  const given = Buffer.from(mac, "base64url");
  if (given.length !== expected.length || !timingSafeEqual(given, expected)) return null;
  return Number(expires) > databaseNow().getTime() ? sessionId : null;
}

function sign(of: Ticket): Buffer {
  const key = hkdfSync("sha256", getConfig().nextAuthSecret, "", "bsuid-console live tickets", 32);
  return createHmac("sha256", Buffer.from(key))
    .update(JSON.stringify([of.expires, of.sessionId, of.origin]))
    .digest();
}
