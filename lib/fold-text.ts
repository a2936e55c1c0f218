/** Accents and vowel points that people leave out, and invisible characters. */
const IGNORED =
  /[\u0300-\u036F\u1AB0-\u1AFF\u1DC0-\u1DFF\u20D0-\u20FF\uFE00-\uFE0F\uFE20-\uFE2F\u0591-\u05BD\u05BF\u05C1\u05C2\u05C4\u05C5\u05C7\u0610-\u061A\u064B-\u065F\u0670\u06D6-\u06DC\u17B4\u17B5]|[\u180B-\u180F\u00AD\u061C\u0640\u115F\u1160\u200B-\u200F\u202A-\u202E\u2060-\u206F\u3164\uFEFF\uFFA0\u{E0000}-\u{E0FFF}]/gu;
const BLANKS = /[\t-\r \u0085\u1680\u2028\u2029]+/g;

/** Capitals that do not decompose, letters with a stroke, and typographic dashes and quotes. */
const CYRILLIC = [
  "ЂЄЅІЈЉЊЋЏАБВГДЕЖЗИКЛМНОПРСТУФХЦЧШЩЪЫЬЭЮЯѠѢѤѦѨѪѬѮѰѲѴѸѺѼѾҀҊҌҎҐҒҔҖҘҚҜҞҠҢҤҦҨҪҬҮҰҲҴҶҸҺҼҾӀӃӅӇӉӋӍӔӘӠӨӶӺӼӾԀԂԄԆԈԊԌԎԐԒԔԖԘԚԜԞԠԢԤԦԨԪԬԮ",
  "ђєѕіјљњћџабвгдежзиклмнопрстуфхцчшщъыьэюяѡѣѥѧѩѫѭѯѱѳѵѹѻѽѿҁҋҍҏґғҕҗҙқҝҟҡңҥҧҩҫҭүұҳҵҷҹһҽҿӏӄӆӈӊӌӎӕәӡөӷӻӽӿԁԃԅԇԉԋԍԏԑԓԕԗԙԛԝԟԡԣԥԧԩԫԭԯ",
] as const;
const GREEK = [
  "ͰͲͶͿΑΒΓΔΕΖΗΘΙΚΛΜΝΞΟΠΡΣΤΥΦΧΨΩϏϘϚϜϞϠϷϺϽϾϿς",
  "ͱͳͷϳαβγδεζηθικλμνξοπρστυφχψωϗϙϛϝϟϡϸϻͻͼͽσ",
] as const;
const LATIN = [
  "ÆÐØÞĐĦŁŊŒŦƁƂƄƆƇƉƊƋƎƏƐƑƓƔƖƗƘƜƝƟƢƤƦƧƩƬƮƱƲƳƵƷƸƼǤǶǷȜȠȢȤȺȻȽȾɁɃɄɅɆɈɊɌɎẞỺỼỾðøđħıłŧ",
  "ædoþdhlŋœtɓƃƅɔƈɖɗƌǝəɛƒɠɣɩɨƙɯɲɵƣƥʀƨʃƭʈʊʋƴƶʒƹƽǥƕƿȝƞȣȥⱥȼƚⱦɂƀʉʌɇɉɋɍɏßỻỽỿdodhilt",
] as const;
const ARMENIAN = [
  "ԱԲԳԴԵԶԷԸԹԺԻԼԽԾԿՀՁՂՃՄՅՆՇՈՉՊՋՌՍՎՏՐՑՒՓՔՕՖ",
  "աբգդեզէըթժիլխծկհձղճմյնշոչպջռսվտրցւփքօֆ",
] as const;
const MARKS = ["‐‑‒–—―−⁄ʼ‘’‚‛“”„‟«»", '-------/\'\'\'\'\'""""""'] as const;

const SINGLE = new Map(
  [CYRILLIC, GREEK, LATIN, ARMENIAN, MARKS].flatMap(([from, to]) => {
    const folded = [...to];
    return [...from].map((letter, index) => [letter, folded[index] ?? ""] as const);
  }),
);
const LIGATURES = new Map([
  ["æ", "ae"],
  ["œ", "oe"],
  ["ß", "ss"],
  ["þ", "th"],
]);

/**
 * Folds text for a search: removes case, accents, ligatures and invisible characters, and collapses
 * blanks. The database's function `fold_text` folds the searched columns alike; lower() and unaccent()
 * differ between servers.
 */
export function foldText(text: string): string {
  let folded = "";
  for (const letter of text.normalize("NFKD").replace(IGNORED, "")) {
    const single = letter <= "\x7F" ? letter.toLowerCase() : (SINGLE.get(letter) ?? letter);
    folded += LIGATURES.get(single) ?? single;
  }
  return folded.normalize("NFC").replace(BLANKS, " ").replace(/^ | $/g, "");
}
