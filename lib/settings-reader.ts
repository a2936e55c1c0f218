/** Reads single settings and notes what is wrong with each, so that all problems can be told at once. */
export class SettingsReader {
  readonly problems: string[] = [];
  readonly #env: NodeJS.ProcessEnv;

  constructor(env: NodeJS.ProcessEnv) {
    this.#env = env;
  }

  refuse(problem: string): void {
    this.problems.push(problem);
  }

  isSet(name: string): boolean {
    return this.text(name) !== null;
  }

  /** An empty value is no value: that is how a line is switched off in an environment file. */
  text(name: string): string | null {
    return this.#env[name]?.trim() || null;
  }

  port(name: string, fallback: number): number {
    const text = this.text(name);
    if (text === null) return fallback;
    const port = Number(text);
    if (/^\d+$/.test(text) && port >= 1 && port <= 65_535) return port;
    this.refuse(
      `${name} is "${text}", which is not a port. Set it to a whole number from 1 to 65535, or leave it out for ${fallback}.`,
    );
    return fallback;
  }

  host(name: string, fallback: string): string {
    const text = this.text(name) ?? fallback;
    if (/^[A-Za-z0-9._:-]+$/.test(text)) return text;
    this.refuse(
      `${name} is "${text}", which is no address of this machine. Set it to an IP address or a host name, or leave it out for ${fallback}.`,
    );
    return fallback;
  }

  count(name: string, { fallback, most }: { fallback: number; most: number }): number {
    const text = this.text(name);
    if (text === null) return fallback;
    if (/^\d+$/.test(text) && Number(text) <= most) return Number(text);
    this.refuse(
      `${name} is "${text}", which is not a count. Set it to a whole number from 0 to ${most}, or leave it out for ${fallback}.`,
    );
    return fallback;
  }

  oneOf<const Choice extends string>(
    name: string,
    choices: readonly Choice[],
    fallback: NoInfer<Choice>,
  ): Choice {
    const text = this.text(name);
    if (text === null) return fallback;
    const match = choices.find((choice) => choice === text);
    if (match) return match;
    this.refuse(
      `${name} is "${text}", which is not one of ${choices.join(", ")}. Use one of these, or leave it out for ${fallback}.`,
    );
    return fallback;
  }

  email(name: string): string | null {
    const text = this.text(name);
    if (text === null || /^[^\s@]+@[^\s@]+$/.test(text)) return text?.toLowerCase() ?? null;
    this.refuse(
      `${name} is "${text}", which is not an email address. Correct it, or leave it out.`,
    );
    return null;
  }

  /** A web address without credentials in it; plain http is for this machine only. */
  webUrl(name: string): string | null {
    const text = this.text(name);
    if (text === null) return null;
    const url = URL.parse(text);
    if (url?.protocol === "https:" || (url?.protocol === "http:" && isLoopback(url.hostname))) {
      return text.replace(/\/$/, "");
    }
    this.refuse(
      `${name} is "${text}", which is not a web address that keeps secrets. Set it to one that starts with https:// (http:// is for this machine only).`,
    );
    return null;
  }

  /** Never quoted back: it holds a password. */
  postgresUrl(name: string): string | null {
    const text = this.text(name);
    if (text === null) return null;
    if (/^postgres(ql)?:$/.test(URL.parse(text)?.protocol ?? "")) return text;
    this.refuse(
      `${name} is not the address of a PostgreSQL database. It has the form postgresql://USER:PASSWORD@HOST:5432/DATABASE, where special characters in the password are percent-encoded.`,
    );
    return null;
  }
}

/** Whether only programs on this machine can reach `host`. */
export function isLoopback(host: string): boolean {
  return host === "localhost" || /^127(\.\d+){3}$/.test(host) || /^\[?::1\]?$/.test(host);
}
