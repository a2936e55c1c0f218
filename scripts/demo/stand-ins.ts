import { setAccountPeople } from "#lib/accounts/set-account-people.ts";
import { accountIdByExternalId } from "./account-id.ts";
import type { DemoStep } from "./demo-past.ts";
import type { DemoWorld } from "./demo-world.ts";

const COVERED = [
  {
    businesses: ["Pet Shop Amigo Fiel", "Farmácias Bem-Estar", "Cervejaria Maré Baixa"],
    standIn: "account.manager@demo.test",
    reason: "Covers São Paulo on Fridays",
    daysAgo: 54,
  },
  {
    businesses: ["Droguería Cordillera", "Flores del Valle"],
    standIn: "carlos.ibarra@demo.test",
    reason: "Covers Bogotá for colleagues in other time zones",
    daysAgo: 25,
  },
] as const;

/** Managers who stand in for each other. */
export function standIns(world: DemoWorld): DemoStep[] {
  return COVERED.map(({ businesses, standIn, reason, daysAgo }) => ({
    ...{ daysAgo, at: "06:40" },
    does: async () => {
      const externalIds = businesses.map((business) => world.externalIdOf(business));
      const accountIds = await Promise.all(externalIds.map(accountIdByExternalId));
      await setAccountPeople(world.by("priya"), { accountIds, standIns: [standIn], reason });
    },
  }));
}
