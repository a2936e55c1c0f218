import type { Graph } from "./graph-client.ts";
import { getTemplateCategories } from "./template-categories.ts";

/** "One-tap, zero-tap, or copy-code authentication templates cannot be sent to a BSUID." */
const META_CODE = 131_062;
/** Meta may change a template's category, and names are used again. */
const KNOWN_FOR_MS = 600_000;
/** While Meta does not say, few sends wait for it. */
const UNKNOWN_FOR_MS = 30_000;
const MOST_KNOWN = 10_000;

/** `wabaId`: null where it is not known; then nothing is looked up or remembered. */
export type Template = { name: string; wabaId: string | null };
type Category = { isAuthentication: boolean; until: number };

/**
 * The templates that carry one-time passwords, and so need a phone: those that the setting names, those
 * whose category Meta says, and those that Meta has refused for it. A name means one WABA's template only.
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
   * Asks Meta, unless it is known. Where Meta does not say, the template counts as none: an authentication
   * template that is sent all the same is refused there, and a refusal here would stop all the others.
   */
  async lookUp({ name, wabaId }: Template, graph: Graph): Promise<void> {
    if (wabaId === null || this.#names.has(name) || this.#find({ name, wabaId })) return;
    const key = keyOf({ name, wabaId });
    const asking = this.#asking.get(key) ?? this.#ask({ name, wabaId }, graph);
    this.#asking.set(key, asking);
    await asking;
  }

  /** Returns whether Meta's code says so of this template, and remembers it for a while. */
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
    // A refusal of Meta's that came meanwhile says more than a category.
    if (!this.has(template)) this.#remember(template, { isAuthentication, until });
    this.#asking.delete(keyOf(template));
  }

  #remember(template: Template, category: Category): void {
    if (template.wabaId === null) return;
    if (this.#categories.size >= MOST_KNOWN) this.#categories.clear();
    this.#categories.set(keyOf(template), category);
  }
}

function keyOf({ name, wabaId }: Template): string {
  return `${wabaId} ${name}`;
}
