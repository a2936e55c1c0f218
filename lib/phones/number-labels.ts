/** What a number is, by the words before it. */
export type Label = "phone" | "document" | "reference" | "party" | null;

/** Documents of people and firms, codes and accounts: never before a phone. */
const DOCUMENT =
  "cpf(?:/mf)?|cnpj(?:/mf)?|rfc|curp|nit|cuit|cuil|dni|rut|run|ruc|nif|nie|cif|nipc|ssn|ein|vat|iva|tva|piva|siret|siren|ust-?id|steuernummer|codice fiscale|p\\.? ?iva|c\\.c|rg|cnh|pis|ine|imss|nss|aadhaar|pan|passport|pasaporte|passaporte|iban|bic|swift|imei|cep|zip|plz|cap|pin|otp|senha|clabe|cbu|cvu|hrb";
/** What firms number, such as orders: may be before a phone, too. */
const REFERENCE =
  "fatura|factura|fattur[ae]|facture|invoice|inv|fact|fac|rechnung|rechnungsnummer|nota fiscal|nota|nfe?|nf-e|boleta|boleto|recibo|receipt|pedido|orden|orde[mn]|order|ordin[ei]|bestellung|bestellnummer|commande|compra|protocolo|protocol|ticket|chamado|case|caso(?=\\s*(?:[:#.\\-]|no?\\b|nr\\b|$))|referencia|reference|ref|folio|remito|guia|tracking|rastreio|contrato|contract|vertrag|contratto|contrat|codigo|code|cod|vencimento|vencimiento|venc|vence|due|scadenza|waba|portfolio|portafolio|business(?: manager)?(?=[ _-]*id)|(?:bm|app|page|catalog(?:o|ue)?|asset|pixel|ad account)(?=[ _-]*id)|data|fecha|date|datum|agencia|matricula|processo|proceso|expediente|sku|serial|serie|lote|lot|op|registro|id do pedido|valor|importe|monto|amount|betrag|total|importo|saldo|po|rma|cotizacion|cotacao|orcamento|presupuesto|quote|angebot|preventivo|devis|empenho|remessa|apolice|poliza|polizza|policy|claim|sinistro|siniestro|radicado|reclamo|aktenzeichen|vorgang|chave de acesso|linha digitavel|codigo de barras|os(?=\\s*(?:[:#.\\-]|no?\\b|nr\\b))|auftrag|lieferschein|ocorrencia|incidencia|incidente?|tramite|comprovante|comprobante|transacao|transaccion|transaction|autorizacao|autorizacion|authori[sz]ation|confirmation|booking|reserva|reservation|shipment|parcel|awb|pratica|bolla|ddt|protocollo|segnalazione|dossier|colis|reclamation|albaran|inscricao(?: estadual)?|\\p{L}+-?(?:nummer|nr)";
/** A customer, an account or a list item: may as well be before a phone. */
const PARTY = "items?|itens|clientes?|customers?|kunden?|conta|cuenta|account|konto";
/** Words for a phone only. */
const PHONE_WORD =
  "telefon[eo]s?|telefones|phones?|phone number|telephone|tel|fone|fon|cel|celular(?:es)?|cell(?:ulare)?|mobile?|movil(?:es)?|mov|handy|portable|whats ?app|whats|wpp|wsp|wapp?|zap|fax|pabx|pbx|(?:telefon|handy|ruf|fax|mobil|mobilfunk|festnetz|whats ?app|sms)-?(?:nummern?|nr)";
/** Words that are mostly followed by a phone. */
const PHONE =
  "numeros?|numbers?|nummern?|numer[io]|linhas?|lineas?|lines?|linee|linea|leitung(?:en)?|ligne|lignes|contat[oi]s?|contactos?|lig(?:a|ar|ue|uem)|llam(?:a|ar|e|en|ame|eme|enme|enos)|call|ring|cham(?:ar|e|em)|disc?(?:ar|que|quem)|fal(?:ar|e|em)|msgs?|mensage[mn]s?|mensajes?|anrufen|chiama(?:re|te)?|appele[rz]|nums?|nros?|ativ(?:ar|e|em)|activ(?:ar|a|en|e|er|ate)|habilit(?:ar|e|en|em)|enable|turn on|switch on|aktivieren|freischalten|attivare|attiva|fixo|fijo|festnetz|fisso|fixe|sms|suporte|soporte|support|vendas|ventas|sales|sac|central";
/** What may be between a label and its number. */
const FILLER =
  "(?:[\\s.:#=\\-_(\"']|(?<!\\p{L})(?:n[or]?|nr|no|num|numero|number|nummer|id|de|do|da|del|della|des|the|is|es|e|o|os|as|los|las|le|les|for|para|von|von der|di|uk|us|our|nosso|nossa|nuestro|nuestra|this|este|esta|em|en|in|on|y|sob|com|con|with|up to|atendimento|atencion|[a-z]{1,2})(?!\\p{L}))*$";

const ENDS_AS = {
  document: endsWith(`(?:${DOCUMENT})s?`),
  /** "CPF do titular". */
  documentOf: endsWith(`(?:${DOCUMENT}) (?:d[aeo]s?|del|de la|of|of the|des|vom|von) \\p{L}+`),
  reference: endsWith(`(?:${REFERENCE})(?:e?s|en)?`),
  phoneWord: endsWith(PHONE_WORD),
  phone: endsWith(PHONE),
  /** "Telefone da loja", "customer's phone" but the other way round. */
  phoneOf: endsWith(`(?:${PHONE_WORD}) (?:d[aeo]s?|del|de la|of|of the|des|vom|von) \\p{L}+`),
  /** "Fatura do número", where "pedido de número" is that order's. */
  ofNumber: /(?<![\p{L}])(?:dos?|del|of the|for|para(?: os?)?|pelo) (?:numeros?|numbers?)[\s:]*$/u,
  partyNumber: endsWith(
    `(?:${PARTY})[\\s.:-]*(?:no?|nr|num|numero|number|nummer|id|code|codigo|#)|(?:cod|codigo|codice|code|id)[\\s.:]*(?:(?:de|del|do|da|of) )?(?:${PARTY})`,
  ),
  party: endsWith(PARTY),
};
/** The letters at the start of a code: INV-334455, NF334455. */
const CODE = /(?:^|[^\p{L}])\p{L}{1,5}[-_]?$/u;
const LOOK_BACK = 48;
const AFTER_LAST_DIGIT = /[^0-9]*$/;
/** Signs that do not separate a word from its number: "*Pedido:* \u2026", "N\u00B0 \u2026", "| CPF | \u2026". */
const SIGNS_BETWEEN =
  /\([^()\n]{1,24}\)(?=[\s:]*$)|[\u200B+(*`[<>|~\u00B0\u00AB\u00BB\u2014\u2018\u2019\u201C\u201D\u2022\u2190-\u21FF\u27A1]/g;
const HAS_WORDS = /[\p{L}#]/u;
/** Between the cells of a row. */
const CELLS = /(?:[;|\t]|,(?! )| {2,}) ?\S/;
/** A cell with a number, and another one. */
const CELL_OF_A_ROW = /^[0-9][0-9 .()/-]*?(?: ?[|\t]|"| {2,}\S)/;
/** The line above, and what is between it and the number. */
const ABOVE = /([^\n]*\S)[ \t]*(\n[^\p{L}]*)$/u;
const ENDS_SENTENCE = /\p{L}{5}[.!]$/u;
/** A number whose next line begins with one, too. */
const IN_A_LIST = /^[0-9][^\n]*\n[^\p{L}\n]*[0-9][0-9 ().-]{5}/u;
const SEVERAL_WORDS = /\p{L}[^\p{L}]+\p{L}/u;

/** Finds what the number at a position is by the words right before it. */
export function readLabel(text: string, start: number): Label {
  const near = text.slice(Math.max(0, start - LOOK_BACK), start);
  // Labels have no digits, so nothing before the last digit matters.
  const [words = ""] = AFTER_LAST_DIGIT.exec(near) ?? [];
  const said = isBelowHeader(words, text.slice(start, start + LOOK_BACK))
    ? words.slice(words.lastIndexOf("\n") + 1)
    : words;
  if (!HAS_WORDS.test(said)) return null;
  const before = said.replace(SIGNS_BETWEEN, " ").toLowerCase();
  if (ENDS_AS.document.test(before) || ENDS_AS.documentOf.test(before)) return "document";
  const isPhone = ENDS_AS.phoneWord.test(before) || ENDS_AS.phoneOf.test(before);
  if (isPhone || ENDS_AS.ofNumber.test(before)) return "phone";
  const isReference = ENDS_AS.reference.test(before) || ENDS_AS.partyNumber.test(before);
  if (isReference)
    return isIntroduction(said, text.slice(start, start + LOOK_BACK)) ? null : "reference";
  if (/#\s*$/.test(before)) return "reference";
  if (ENDS_AS.party.test(before)) return "party";
  return ENDS_AS.phone.test(before) ? "phone" : null;
}

/** Whether the line above is a table's header, whose last cell is no label of the first cell below. */
function isBelowHeader(words: string, behind: string): boolean {
  const above = words.slice(0, Math.max(0, words.lastIndexOf("\n"))).trim();
  const header = above.slice(above.lastIndexOf("\n") + 1);
  if (CELLS.test(header)) return true;
  return CELL_OF_A_ROW.test(behind) && SEVERAL_WORDS.test(header) && !header.endsWith(":");
}

/** Whether the words are a sentence above a list or paragraph: "As per ticket:", and not "Ticket:". */
function isIntroduction(words: string, behind: string): boolean {
  const [, sentence = "", gap = ""] = ABOVE.exec(words) ?? [];
  if (!SEVERAL_WORDS.test(sentence)) return false;
  return ENDS_SENTENCE.test(sentence) || gap.includes("\n\n") || IN_A_LIST.test(behind);
}

/** Whether letters directly before the number make it a code; not if they are a word for a phone. */
export function isInCode(text: string, start: number): boolean {
  if (!/[\p{L}\-_]/u.test(text.slice(start - 1, start))) return false;
  const before = text.slice(Math.max(0, start - LOOK_BACK), start);
  return CODE.test(before) && readLabel(text, start) !== "phone";
}

function endsWith(words: string): RegExp {
  return new RegExp(`(?<![\\p{L}])(?:${words})(?![\\p{L}])${FILLER}`, "u");
}
