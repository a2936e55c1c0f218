import type { Content } from "./to-meta-body.ts";

/** "One-tap, zero-tap, or copy-code authentication templates cannot be sent to a BSUID." */
const META_CODE = 131_062;

/**
 * The templates that carry one-time passwords, and so need a phone, for ever: those that the setting
 * names, and those that Meta has refused for it.
 */
export class AuthenticationTemplates {
  readonly #names: Set<string>;

  constructor(names: readonly string[]) {
    this.#names = new Set(names);
  }

  has(name: string): boolean {
    return this.#names.has(name);
  }

  /** Returns whether Meta's code says so of this content; a template is remembered. */
  learn(metaCode: number, content: Content): boolean {
    if (metaCode !== META_CODE) return false;
    if (content.kind === "template") this.#names.add(content.name);
    return true;
  }
}
