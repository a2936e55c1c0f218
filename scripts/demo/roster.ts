import { BUSINESSES, type DemoBusiness } from "./businesses.ts";
import { COUNTRIES, type DemoCountry } from "./countries.ts";
import { Random } from "./random.ts";

/** A number in the form of the roster import. */
type Entry = {
  phoneNumberId: string;
  displayPhoneNumber: string;
  label: string;
  accountName: string;
  accountExternalId: string;
  managerEmail: string;
  accountZone: string;
  portfolioId: string;
  wabaId: string;
};

/** A business with its numbers. */
export type DemoAccount = { business: DemoBusiness; entries: Entry[] };

/** Numbers of a business, in turns; about 400 over forty businesses. */
const NUMBERS_A_BUSINESS = [4, 6, 7, 8, 9, 10, 11, 12, 14, 19] as const;
const SEED = 20_261_122;

/**
 * The demo's roster, which is the same in every demo.
 *
 * @param managerEmails the managers of the accounts, in turns; the last account of each dozen has none
 */
export function demoRoster(managerEmails: readonly string[]): DemoAccount[] {
  const random = new Random(SEED);
  const newPhone = phoneMaker(random);
  return BUSINESSES.map((business, index) => {
    const hasManager = index % 12 !== 11;
    const account = {
      accountName: business.name,
      accountExternalId: `acc-${1_001 + index}`,
      managerEmail: hasManager ? (managerEmails[index % managerEmails.length] ?? "") : "",
      accountZone: COUNTRIES[business.country].zone,
      portfolioId: newMetaId(random),
      wabaId: newMetaId(random),
    };
    const count = random.pick(NUMBERS_A_BUSINESS);
    const uses = toUses(random, COUNTRIES[business.country], count);
    const entries = uses.map(({ label, phones }) => ({
      phoneNumberId: newMetaId(random),
      displayPhoneNumber: newPhone(phones),
      label,
      ...account,
    }));
    return { business, entries };
  });
}

/** Labels such as "Vendas Curitiba", "Suporte Curitiba", …: all purposes of one city before those of the next. */
function toUses(random: Random, { cities, purposes }: DemoCountry, count: number) {
  const first = random.between(0, cities.length - 1);
  return Array.from({ length: count }, (_, index) => {
    const city = cities[(first + Math.floor(index / purposes.length)) % cities.length];
    const purpose = purposes[index % purposes.length];
    if (!city || !purpose) throw new Error("A demo country has cities and purposes.");
    const round = Math.floor(index / (purposes.length * cities.length));
    const label = `${purpose} ${city.name}${round === 0 ? "" : ` ${round + 1}`}`;
    return { label, phones: city.phones };
  });
}

/** An id of 15 or 16 digits, as Meta's are. */
function newMetaId(random: Random): string {
  return `${random.between(1, 9)}${random.digits(random.between(14, 15))}`;
}

function phoneMaker(random: Random): (pattern: string) => string {
  const taken = new Set<string>();
  return (pattern) => {
    for (;;) {
      const phone = pattern.replaceAll("#", () => random.digits(1));
      if (taken.has(phone)) continue;
      taken.add(phone);
      return phone;
    }
  };
}
