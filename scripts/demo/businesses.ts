import type { CountryCode } from "./countries.ts";

/** How a demo business uses BSUID acceptance: on no number, on all, or on marketing and sales only. */
type Acceptance = "none" | "all" | "some";

export type DemoBusiness = { name: string; country: CountryCode; acceptance: Acceptance };

/** The forty businesses; two of them accept on only some of their numbers. */
export const BUSINESSES: readonly DemoBusiness[] = [
  business("Padaria Pão Dourado", "BR", "some"),
  business("Farmácias Bem-Estar", "BR", "all"),
  business("Móveis Jacarandá", "BR", "all"),
  business("Clínica Sorriso Aberto", "BR"),
  business("Autoescola Via Certa", "BR"),
  business("Construtora Horizonte Sul", "BR", "all"),
  business("Livraria Sabiá", "BR"),
  business("Pet Shop Amigo Fiel", "BR"),
  business("Café Serra Alta", "BR"),
  business("Cervejaria Maré Baixa", "BR"),
  business("Tacos El Nopal", "MX", "some"),
  business("Farmacia San Rafael", "MX", "all"),
  business("Viajes Quetzal", "MX"),
  business("Mueblería La Hacienda", "MX"),
  business("Clínica Dental Sonríe", "MX"),
  business("Gimnasio Punto Fuerte", "MX"),
  business("Café de la Sierra", "CO", "all"),
  business("Flores del Valle", "CO"),
  business("Inmobiliaria Andina", "CO"),
  business("Droguería Cordillera", "CO"),
  business("Harbor & Pine Outfitters", "US", "all"),
  business("Lone Star Auto Repair", "US"),
  business("Bayside Dental Group", "US"),
  business("Maple Street Books", "US"),
  business("Cedar Grove Realty", "US"),
  business("Thistle & Thyme Bakery", "GB", "all"),
  business("Northgate Plumbing", "GB"),
  business("Brightwater Lettings", "GB"),
  business("Lotus Silk House", "IN", "all"),
  business("Chandra Diagnostics", "IN"),
  business("Spice Route Kitchens", "IN"),
  business("Saffron Holidays", "IN"),
  business("Fahrradhaus Lindner", "DE"),
  business("Bäckerei Morgenrot", "DE"),
  business("Óptica Luz Clara", "ES"),
  business("Hotel Costa Clara", "ES", "all"),
  business("Zuma Fashion House", "NG"),
  business("Palmwine Logistics", "NG"),
  business("Warung Melati", "ID"),
  business("Batik Cendana", "ID"),
];

function business(
  name: string,
  country: CountryCode,
  acceptance: Acceptance = "none",
): DemoBusiness {
  return { name, country, acceptance };
}
