import type { Graph } from "./graph-client.ts";
import { getTemplateCategories } from "./template-categories.ts";
import type { Content } from "./to-meta-body.ts";

/** "One-tap, zero-tap, or copy-code authentication templates cannot be sent to a BSUID." */
const META_CODE = 131_062;
/** Meta may change a template's category, and names are used again. */
const KNOWN_FOR_MS = 600_000;
/** While Meta does not say, few sends wait for it. */
const UNKNOWN_FOR_MS = 30_000;
const MOST_KNOWN = 10_000;

type Template = { name: string; wabaId: string };
type Known = { isAuthentication: boolean; until: number };

/**
 * The templates that carry one-time passwords, and so need a phone, for ever: those that the setting
 * names, those whose category Meta says, and those that Meta has refused for it.
 */
export class AuthenticationTemplates {
  readonly #names: Set<string>;
  readonly #known = new Map<string, Known>();
  readonly #asking = new Map<string, Promise<void>>();

  constructor(names: readonly string[]) {
    this.#names = new Set(names);
  }

  has({ name, wabaId }: { name: string; wabaId: string | null }): boolean {
    if (this.#names.has(name)) return true;
    return wabaId !== null && this.#find({ name, wabaId })?.isAuthentication === true;
  }

  /**
   * Asks Meta, unless it is known. Where Meta does not say, the template counts as none: an authentication
   * template that is sent all the same is refused there, and a refusal here would stop all the others.
   */
  async lookUp(template: Template, graph: Graph): Promise<void> {
    if (this.#names.has(template.name) || this.#find(template)) return;
    const key = keyOf(template);
    const asking = this.#asking.get(key) ?? this.#ask(template, graph);
    this.#asking.set(key, asking);
    await asking;
  }

  /** Returns whether Meta's code says so of this content; a template is remembered. */
  learn(metaCode: number, content: Content): boolean {
    if (metaCode !== META_CODE) return false;
    if (content.kind === "template") this.#names.add(content.name);
    return true;
  }

  #find(template: Template): Known | null {
    const known = this.#known.get(keyOf(template));
    return known && known.until > Date.now() ? known : null;
  }

  async #ask(template: Template, graph: Graph): Promise<void> {
    const categories = await getTemplateCategories(graph, template);
    const isAuthentication =
      categories !== null &&
      categories.length > 0 &&
      categories.every((category) => category === "AUTHENTICATION");
    const until = Date.now() + (categories === null ? UNKNOWN_FOR_MS : KNOWN_FOR_MS);
    if (this.#known.size >= MOST_KNOWN) this.#known.clear();
    this.#known.set(keyOf(template), { isAuthentication, until });
    this.#asking.delete(keyOf(template));
  }
}

function keyOf({ name, wabaId }: Template): string {
  return `${wabaId} ${name}`;
}
