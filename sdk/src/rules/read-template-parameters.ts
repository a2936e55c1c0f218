import { asWrittenNumber } from "./exact-json.ts";
import { asObject, asText } from "./json-value.ts";
import { refuse, type SendRefusal } from "./send-problem.ts";
import { isWebAddress } from "./web-address.ts";

export type HeaderParameter =
  | { kind: "text"; text: string }
  | { kind: "image" | "video"; link: string }
  | { kind: "document"; link: string; filename: string | null };

/** `name` is the placeholder's in a template with named ones; null if they are numbered. */
export type BodyParameter = { name: string | null; text: string };

/** `index` is the button's index in the template, from 0. */
export type ButtonParameter =
  | { kind: "quick_reply"; index: number; payload: string }
  | { kind: "url"; index: number; text: string };

/** The values of a template's placeholders. Numbered ones are in `body` in the order of their numbers. */
export type TemplateParameters = {
  header: HeaderParameter | null;
  body: readonly BodyParameter[];
  buttons: readonly ButtonParameter[];
};

export type ParametersReading = { ok: true; parameters: TemplateParameters } | SendRefusal;

/** A parameter's name and value, and the request's field that has the value. */
type Given = { name: string; value: unknown; filename?: unknown; field: string };

/** A parameter by where its name puts it. */
type Part =
  | { place: "header"; header: HeaderParameter }
  | { place: "body"; number: number; text: string }
  | { place: "named"; name: string; text: string }
  | { place: "button"; button: ButtonParameter };

const BODY = /^(?:body_)?([1-9][0-9]?)$/;
const HEADER = /^header_(1|text|image|video|document)$/;
/** With Meta's index of the button, from 0. */
const QUICK_REPLY = /^button_([0-9])$/;
/** With Connectly's number of the button, from 1. */
const URL_BUTTON = /^button_([1-9]|10)_url$/;
/** A placeholder of Meta's templates with named parameters. */
const NAMED = /^(?!(?:body|header|button)_)[a-z][a-z0-9_]{0,99}$/i;

const NAMES =
  "body_1, body_2 and so on, header_text, header_image, header_video, header_document, " +
  "button_0 (a quick reply's payload), button_1_url, or the placeholder's own name";

/**
 * Reads the `parameters` of a template message: a list of `{name, value}` in any order. Each goes where its name
 * says.
 *
 * Source: Connectly's documents, "Send template message"; Meta's, "Template components".
 */
export function readTemplateParameters(value: unknown): ParametersReading {
  if (!Array.isArray(value)) {
    return refuse("MALFORMED_REQUEST", "parameters", "parameters must be a list.");
  }
  const given: Given[] = [];
  for (const [index, element] of value.entries()) {
    const path = `parameters[${index}]`;
    const parameter = asObject(element);
    const name = asText(parameter?.name);
    if (!parameter || name === null) {
      return invalid(`${path}.name`, `${path} has no name. Name it ${NAMES}.`);
    }
    const { value: text, filename } = parameter;
    given.push({ name, value: text, filename, field: `${path}.value` });
  }
  return readGiven(given, "parameters");
}

/** Reads the `variables` of a campaign's entry at `path`: an object of values by name. */
export function readVariables(value: unknown, path: string): ParametersReading {
  if (value === undefined || value === null) return readGiven([], path);
  const variables = asObject(value);
  if (!variables) {
    return refuse("MALFORMED_REQUEST", path, `${path} must be an object of values by name.`);
  }
  const given = Object.entries(variables).map(([name, text]) => ({
    name,
    value: text,
    field: NAME_IN_PATH.test(name) ? `${path}.${name}` : path,
  }));
  return readGiven(given, path);
}

/** People may choose any name; an answer only repeats one that matches this. */
const NAME_IN_PATH = /^[A-Za-z0-9_]{1,100}$/;

function readGiven(given: readonly Given[], path: string): ParametersReading {
  const parts: Part[] = [];
  const filled = new Set<string>();
  for (const one of given) {
    const text = readValue(one.value);
    if (text === null) {
      return invalid(one.field, `${one.field} must be a text that is not empty, or a number.`);
    }
    const part = readPart(one, text);
    if ("problem" in part) return part;
    const placeholder = placeholderOf(part);
    if (filled.has(placeholder)) {
      return invalid(one.field, `${one.field} fills the same place as an earlier parameter.`);
    }
    filled.add(placeholder);
    parts.push(part);
  }
  const body = readBody(parts, path);
  if ("problem" in body) return body;
  const [header = null] = parts.flatMap((part) => (part.place === "header" ? part.header : []));
  const buttons = parts.flatMap((part) => (part.place === "button" ? part.button : []));
  buttons.sort((one, other) => one.index - other.index);
  return { ok: true, parameters: { header, body, buttons } };
}

function readPart({ name, filename, field }: Given, text: string): Part | SendRefusal {
  const [, number] = BODY.exec(name) ?? [];
  if (number !== undefined) return { place: "body", number: Number(number), text };
  const [, kind] = HEADER.exec(name) ?? [];
  if (kind !== undefined) return readHeader({ kind, text, filename, field });
  const [, index] = QUICK_REPLY.exec(name) ?? [];
  if (index !== undefined) {
    return {
      place: "button",
      button: { kind: "quick_reply", index: Number(index), payload: text },
    };
  }
  const [, place] = URL_BUTTON.exec(name) ?? [];
  if (place !== undefined) {
    return { place: "button", button: { kind: "url", index: Number(place) - 1, text } };
  }
  if (NAMED.test(name)) return { place: "named", name, text };
  return invalid(field, `${field} has a name that no parameter has. Name it ${NAMES}.`);
}

function readHeader({
  kind,
  text,
  filename,
  field,
}: {
  kind: string;
  text: string;
  filename: unknown;
  field: string;
}): Part | SendRefusal {
  if (kind === "1" || kind === "text") return { place: "header", header: { kind: "text", text } };
  if (!isWebAddress(text)) {
    return invalid(field, `${field} must be the file's web address, such as https://….`);
  }
  if (kind === "document") {
    return {
      place: "header",
      header: { kind, link: text, filename: asText(filename) },
    };
  }
  return { place: "header", header: { kind: kind === "image" ? kind : "video", link: text } };
}

/** Reads the body's parameters. Refuses gaps in numbered ones: the texts after a gap would move up into it. */
function readBody(parts: readonly Part[], path: string): BodyParameter[] | SendRefusal {
  const named = parts.flatMap((part) => (part.place === "named" ? part : []));
  const numbered = parts.flatMap((part) => (part.place === "body" ? part : []));
  if (named.length > 0 && numbered.length > 0) {
    const message = `${path} has both numbered and named parameters. A template takes one kind.`;
    return invalid(path, message);
  }
  numbered.sort((one, other) => one.number - other.number);
  const gap = numbered.findIndex(({ number }, index) => number !== index + 1);
  if (gap >= 0) {
    return invalid(path, `${path} lacks body_${gap + 1}, which comes before others that it has.`);
  }
  return [
    ...numbered.map(({ text }) => ({ name: null, text })),
    ...named.map(({ name, text }) => ({ name, text })),
  ];
}

/** The placeholder that a part fills; each may be filled once. */
function placeholderOf(part: Part): string {
  switch (part.place) {
    case "header":
      return "header";
    case "body":
      return `body ${part.number}`;
    case "named":
      return `named ${part.name}`;
    case "button":
      return `button ${part.button.index}`;
  }
}

/** A text, or a number as written; null for anything else, also a number that was rounded when parsed. */
function readValue(value: unknown): string | null {
  return asText(value) ?? asWrittenNumber(value);
}

function invalid(field: string, message: string): SendRefusal {
  return refuse("INVALID_PARAMETER", field, message);
}
