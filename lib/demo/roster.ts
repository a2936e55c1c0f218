import { BUSINESSES, type DemoBusiness } from "./businesses.ts";
import { COUNTRIES, type DemoCountry } from "./countries.ts";
import { Random } from "./random.ts";

/** One number, as the roster import takes it. */
type Entry = {
  phoneNumberId: string;
  displayPhoneNumber: string;
  label: string;
  accountName: string;
  accountExternalId: string;
  managerEmail: string;
  portfolioId: string;
  wabaId: string;
};

/** A business with its numbers. */
export type DemoAccount = { business: DemoBusiness; entries: Entry[] };

/** With all the others these make about 400. */
const NUMBERS_A_BUSINESS = [4, 6, 7, 8, 9, 10, 11, 12, 14, 19] as const;
const SEED = 20_261_122;

/**
 * The demo's roster: the same in every demo.
 *
 * @param managerEmails in turn; the last account of each dozen has nobody
 */
export function demoRoster(managerEmails: readonly string[]): DemoAccount[] {
  const random = new Random(SEED);
  const phones = new Set<string>();
  return BUSINESSES.map((business, index) => {
    const hasManager = index % 12 !== 11;
    const managerEmail = hasManager ? (managerEmails[index % managerEmails.length] ?? "") : "";
    const account = {
      accountName: business.name,
      accountExternalId: `acc-${1_001 + index}`,
      managerEmail,
      portfolioId: `${random.between(1, 9)}${random.digits(14)}`,
      wabaId: `${random.between(1, 9)}${random.digits(14)}`,
    };
    const count = random.pick(NUMBERS_A_BUSINESS);
    const entries = newLabels(random, COUNTRIES[business.country], count).map((label) => ({
      phoneNumberId: `${random.between(1, 9)}${random.digits(random.between(14, 15))}`,
      displayPhoneNumber: newPhone(random, COUNTRIES[business.country], phones),
      label,
      ...account,
    }));
    return { business, entries };
  });
}

/** "Vendas Curitiba", "Suporte Curitiba 2": purposes of one city before those of the next. */
function newLabels(random: Random, country: DemoCountry, count: number): string[] {
  const { cities, purposes } = country;
  const first = random.between(0, cities.length - 1);
  const used = new Map<string, number>();
  return Array.from({ length: count }, (_, index) => {
    const city = cities[(first + Math.floor(index / purposes.length)) % cities.length];
    const label = `${purposes[index % purposes.length]} ${city}`;
    const times = (used.get(label) ?? 0) + 1;
    used.set(label, times);
    return times === 1 ? label : `${label} ${times}`;
  });
}

function newPhone(random: Random, country: DemoCountry, taken: Set<string>): string {
  for (;;) {
    const phone = country.newPhone(random);
    if (taken.has(phone)) continue;
    taken.add(phone);
    return phone;
  }
}
