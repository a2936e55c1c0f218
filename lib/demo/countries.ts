import type { Random } from "./random.ts";

/** A demo country: how its numbers look, and what businesses there call theirs. */
export type DemoCountry = {
  /** E.164, in a plausible range; a range set aside for fiction where the country has one. */
  newPhone: (random: Random) => string;
  cities: readonly [string, ...string[]];
  purposes: readonly [string, ...string[]];
};

const PORTUGUESE = [
  "Vendas",
  "Suporte",
  "Marketing",
  "Cobrança",
  "Pós-venda",
  "Agendamento",
] as const;
const SPANISH = ["Ventas", "Soporte", "Marketing", "Cobranza", "Posventa", "Citas"] as const;
const ENGLISH = ["Sales", "Support", "Marketing", "Billing", "Deliveries", "Bookings"] as const;
const GERMAN = ["Vertrieb", "Kundenservice", "Marketing", "Buchhaltung", "Termine"] as const;
const INDONESIAN = ["Penjualan", "Layanan Pelanggan", "Promo", "Pengiriman"] as const;

export const COUNTRIES = {
  BR: {
    newPhone: (random) =>
      `+55${random.pick(["11", "21", "31", "41", "51", "71", "81"])}9${random.between(6, 9)}${random.digits(7)}`,
    cities: [
      "São Paulo",
      "Rio de Janeiro",
      "Belo Horizonte",
      "Curitiba",
      "Porto Alegre",
      "Salvador",
    ],
    purposes: PORTUGUESE,
  },
  MX: {
    newPhone: (random) =>
      `+52${random.pick(["55", "33", "81"])}${random.between(1, 8)}${random.digits(7)}`,
    cities: ["Ciudad de México", "Guadalajara", "Monterrey", "Puebla", "Mérida"],
    purposes: SPANISH,
  },
  CO: {
    newPhone: (random) => `+57${random.pick(["300", "310", "315", "320"])}${random.digits(7)}`,
    cities: ["Bogotá", "Medellín", "Cali", "Barranquilla"],
    purposes: SPANISH,
  },
  US: {
    newPhone: (random) =>
      `+1${random.pick(["212", "305", "312", "415", "512", "617", "713"])}55501${random.digits(2)}`,
    cities: ["New York", "Miami", "Chicago", "Austin", "Boston", "Houston"],
    purposes: ENGLISH,
  },
  GB: {
    newPhone: (random) => `+447700900${random.digits(3)}`,
    cities: ["London", "Manchester", "Bristol", "Leeds"],
    purposes: ENGLISH,
  },
  IN: {
    newPhone: (random) => `+91${random.pick(["98", "99", "97", "88"])}${random.digits(8)}`,
    cities: ["Mumbai", "Bengaluru", "Delhi", "Pune", "Chennai"],
    purposes: ENGLISH,
  },
  DE: {
    newPhone: (random) => `+493023125${random.digits(3)}`,
    cities: ["Berlin", "Hamburg", "München", "Köln"],
    purposes: GERMAN,
  },
  ES: {
    newPhone: (random) => `+34${random.pick(["612", "634", "655", "678"])}${random.digits(6)}`,
    cities: ["Madrid", "Barcelona", "Sevilla", "Valencia"],
    purposes: SPANISH,
  },
  NG: {
    newPhone: (random) => `+234${random.pick(["803", "806", "810", "905"])}${random.digits(7)}`,
    cities: ["Lagos", "Abuja", "Ibadan"],
    purposes: ENGLISH,
  },
  ID: {
    newPhone: (random) => `+62${random.pick(["811", "812", "813", "821"])}${random.digits(8)}`,
    cities: ["Jakarta", "Bandung", "Surabaya", "Denpasar"],
    purposes: INDONESIAN,
  },
} as const satisfies Record<string, DemoCountry>;

export type CountryCode = keyof typeof COUNTRIES;
