import type { PastedText } from "./pasted-texts.ts";

/** Texts in which the words and signs around a number say whether it is a phone. */
export const PASTED_WITH_LABELS: Record<string, PastedText[]> = {
  "what is called a phone": [
    ["Handynummer: 017612345098", ["DE"]],
    ["Rufnummer 017612345098 freischalten", ["DE"]],
    ["Telefon-Nr.: 03023125410", ["DEF"]],
    ["Phone # 6178420199, Tel# 6178420200", ["US1", "US2"]],
    ["Contato do cliente: 11964207710", ["SP"]],
    ["Telefone da loja 97130-0001", ["BH1"]],
    ["Cliente 11964207710", ["SP"]],
    ["Favor ativar os 11964207710 e 31971300001", ["SP", "BH1"], { ignored: [] }],
    ["Central 30284455 (capitais)", ["SPF"]],
  ],
  "what is called something else": [
    ["Kunden-Nr.: 17612345098, Rechnungs-Nr. 17612345098", []],
    ["Customer no. 6178420199, account number 6178420200", []],
    ["Cliente 30284455", []],
    ["OS 4512: 30284455, O.S. nº 30284455", [], { notFound: [] }],
    ["Protocolo de atendimento nº 11964207710", []],
    ["Póliza 5588224411, siniestro 5588224411, apólice 11964207710", []],
    ["Radicado 2026-315-7008899; exp. 2026-315-7008899", []],
    ["factura B 0001-30284455, VAT GB 302 8445 50", [], { notFound: [] }],
    ["Case 00302844", [], { notFound: [] }],
  ],
  "counters before a number": [
    ["#1 11964207710 #2 31971300001", ["SP", "BH1"]],
    ["Item 1 - 11 96420-7710\nItem 2 - 31 97130-0001", ["SP", "BH1"]],
    ["Filial 001 11 96420-7710", ["SP"]],
    ["Loja 2 - 315 700 8899", ["CO"]],
  ],
  "several numbers of short groups": [
    ["06 12 99 88 77 / 01 42 86 77 00", ["FR", "PAR"], { notFound: [] }],
    ["+34 655 01 02 03 / 655 01 02 03", ["ES"], { notFound: [] }],
    ["+34 655 01 02 03 655 01 02 03", ["ES"], { notFound: [] }],
    ["961 23 40 05 655 01 02 03", ["PT", "ES"], { notFound: [] }],
  ],
  "ranges in full": [
    ["31 97130-0001 a 97130-0003", ["BH1", "BH2", "BH3"]],
    ["do 31971300001 ao 31971300003", ["BH1", "BH2", "BH3"]],
    ["de (31) 97130-0001 até (31) 97130-0003", ["BH1", "BH2", "BH3"]],
    ["31 97130-0001-0003", ["BH1", "BH2", "BH3"]],
    ["31 97130-0001 → 0003", ["BH1", "BH2", "BH3"]],
    ["31 97130-0001 - 31 97130-0003", ["BH1", "BH3"]],
    ["31 97130-0001 a 11 97130-0003", ["BH1"], { notFound: ["11 97130-0003"] }],
  ],
  "other addresses": [
    ["https://api.whatsapp.com/send?phone=%2B55+11+96420-7710", ["SP"], { notFound: [] }],
    ["https://web.whatsapp.com/send?phone=55+11+96420-7710", ["SP"], { notFound: [] }],
    ["wa.me/5511964207710?text=Ol%C3%A1%2030284455", ["SP"], { notFound: [] }],
    ["https://example.com/?whatsapp=5511964207710", ["SP"]],
    ["https://www.loja.com.br/produto/11964207710", [], { notFound: [] }],
    ["https://loja.com.br/?id=11964207710&utm=6178420199", [], { notFound: [] }],
    ["joao.11964207710@gmail.com", [], { notFound: [] }],
    ["Veja https://loja.com.br/, 11 96420-7710", ["SP"]],
  ],
};
