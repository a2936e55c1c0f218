/** A city, and the pattern of its numbers in E.164, each # a digit. */
export type DemoCity = { name: string; phones: string };

/** A demo country: its cities, what businesses there call their numbers, and a time zone. */
export type DemoCountry = {
  cities: readonly DemoCity[];
  purposes: readonly string[];
  /** Of the businesses' offices. */
  zone: string;
};

const PORTUGUESE = ["Vendas", "Suporte", "Marketing", "Cobrança", "Pós-venda", "Agendamento"];
const SPANISH = ["Ventas", "Soporte", "Marketing", "Cobranza", "Posventa", "Citas"];
const ENGLISH = ["Sales", "Support", "Marketing", "Billing", "Deliveries", "Bookings"];
const GERMAN = ["Vertrieb", "Kundenservice", "Marketing", "Buchhaltung", "Termine"];
const INDONESIAN = ["Penjualan", "Layanan Pelanggan", "Promo", "Pengiriman"];

/** Plausible number ranges; for the United States, Britain and Germany those that are reserved for fiction. */
export const COUNTRIES = {
  BR: {
    zone: "America/Sao_Paulo",
    cities: [
      city("São Paulo", "+551199#######"),
      city("Rio de Janeiro", "+552198#######"),
      city("Belo Horizonte", "+553199#######"),
      city("Curitiba", "+554198#######"),
      city("Porto Alegre", "+555199#######"),
      city("Salvador", "+557198#######"),
    ],
    purposes: PORTUGUESE,
  },
  MX: {
    zone: "America/Mexico_City",
    cities: [
      city("Ciudad de México", "+5255########"),
      city("Guadalajara", "+5233########"),
      city("Monterrey", "+5281########"),
      city("Puebla", "+52222#######"),
      city("Mérida", "+52999#######"),
    ],
    purposes: SPANISH,
  },
  CO: {
    zone: "America/Bogota",
    cities: [
      city("Bogotá", "+57310#######"),
      city("Medellín", "+57300#######"),
      city("Cali", "+57315#######"),
      city("Barranquilla", "+57320#######"),
    ],
    purposes: SPANISH,
  },
  US: {
    zone: "America/New_York",
    cities: [
      city("New York", "+121255501##"),
      city("Miami", "+130555501##"),
      city("Chicago", "+131255501##"),
      city("Austin", "+151255501##"),
      city("Boston", "+161755501##"),
      city("Houston", "+171355501##"),
    ],
    purposes: ENGLISH,
  },
  GB: {
    zone: "Europe/London",
    cities: [
      city("London", "+442079460###"),
      city("Manchester", "+441614960###"),
      city("Bristol", "+441174960###"),
      city("Leeds", "+441134960###"),
    ],
    purposes: ENGLISH,
  },
  IN: {
    zone: "Asia/Kolkata",
    cities: [
      city("Mumbai", "+9198########"),
      city("Bengaluru", "+9199########"),
      city("Delhi", "+9188########"),
      city("Pune", "+9197########"),
      city("Chennai", "+9194########"),
    ],
    purposes: ENGLISH,
  },
  DE: {
    zone: "Europe/Berlin",
    cities: [
      city("Berlin", "+493023125###"),
      city("Hamburg", "+494066969###"),
      city("München", "+498999998###"),
      city("Köln", "+492214710###"),
    ],
    purposes: GERMAN,
  },
  ES: {
    zone: "Europe/Madrid",
    cities: [
      city("Madrid", "+34612######"),
      city("Barcelona", "+34634######"),
      city("Sevilla", "+34655######"),
      city("Valencia", "+34678######"),
    ],
    purposes: SPANISH,
  },
  NG: {
    zone: "Africa/Lagos",
    cities: [
      city("Lagos", "+234803#######"),
      city("Abuja", "+234806#######"),
      city("Ibadan", "+234810#######"),
    ],
    purposes: ENGLISH,
  },
  ID: {
    zone: "Asia/Jakarta",
    cities: [
      city("Jakarta", "+62811########"),
      city("Bandung", "+62812########"),
      city("Surabaya", "+62813########"),
      city("Denpasar", "+62821########"),
    ],
    purposes: INDONESIAN,
  },
} as const satisfies Record<string, DemoCountry>;

export type CountryCode = keyof typeof COUNTRIES;

function city(name: string, phones: string): DemoCity {
  return { name, phones };
}
