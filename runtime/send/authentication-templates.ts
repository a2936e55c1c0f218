import type { Graph } from "./graph-client.ts";
import { getTemplateCategories } from "./template-categories.ts";

/** "One-tap, zero-tap, or copy-code authentication templates cannot be sent to a BSUID." */
const META_CODE = 131_062;
/** Meta may change a template's category, and names are used again. */
const KNOWN_FOR_MS = 600_000;
/** Shorter when Meta gave no category, but long enough that few sends wait for another look-up. */
const UNKNOWN_FOR_MS = 30_000;
const MAX_KNOWN = 10_000;

/** `wabaId` is null when it is not known; then nothing is looked up or remembered. */
export type Template = { name: string; wabaId: string | null };
type Category = { isAuthentication: boolean; until: number };

/**
 * The templates that carry one-time passwords, and so need a phone: those that the setting names, those of
 * Meta's category for them, and those that Meta refused as such. Known by name and WABA.
 */
export class AuthenticationTemplates {
  readonly #names: ReadonlySet<string>;
  readonly #categories = new Map<string, Category>();
  readonly #asking = new Map<string, Promise<void>>();

  constructor(names: readonly string[]) {
    this.#names = new Set(names);
  }

  has(template: Template): boolean {
    return this.#names.has(template.name) || this.#find(template)?.isAuthentication === true;
  }

  /**
   * Asks Meta for the category unless it is known. Without an answer the template does not count as one: Meta
   * refuses an authentication template anyway, and refusing here would stop all other templates.
   */
  async lookUp({ name, wabaId }: Template, graph: Graph): Promise<void> {
    if (wabaId === null || this.#names.has(name) || this.#find({ name, wabaId })) return;
    const key = keyOf({ name, wabaId });
    const asking = this.#asking.get(key) ?? this.#ask({ name, wabaId }, graph);
    this.#asking.set(key, asking);
    await asking;
  }

  /** Whether Meta's code says that this is an authentication template; remembers it for a while. */
  learn(metaCode: number, template: Template): boolean {
    if (metaCode !== META_CODE) return false;
    this.#remember(template, { isAuthentication: true, until: Date.now() + KNOWN_FOR_MS });
    return true;
  }

  #find(template: Template): Category | null {
    const category = this.#categories.get(keyOf(template));
    return category && category.until > Date.now() ? category : null;
  }

  async #ask(template: Template & { wabaId: string }, graph: Graph): Promise<void> {
    const categories = await getTemplateCategories(graph, template);
    const isAuthentication =
      categories !== null &&
      categories.length > 0 &&
      categories.every((category) => category === "AUTHENTICATION");
    const until = Date.now() + (categories === null ? UNKNOWN_FOR_MS : KNOWN_FOR_MS);
    // A refusal that came meanwhile counts for more than the category.
    if (!this.has(template)) this.#remember(template, { isAuthentication, until });
    this.#asking.delete(keyOf(template));
  }

  #remember(template: Template, category: Category): void {
    if (template.wabaId === null) return;
    if (this.#categories.size >= MAX_KNOWN) this.#categories.clear();
    this.#categories.set(keyOf(template), category);
  }
}

function keyOf({ name, wabaId }: Template): string {
  return `${wabaId} ${name}`;
}
