// Verifies an exported audit trail (JSON Lines) by itself. It shares no code with the console, so
// that nobody has to trust the console's own verifier; read it, it is short.
//
//   node verify-export.mjs FILE… PUBLIC_KEY
//
// Several files are archives of old entries and what followed, oldest first: one trail.
// Values of people are committed to by entries, and stand beside them as far as nobody erased them:
// what is there has to give its commitment, and what is not has to be in one erasure that an entry
// tells of. An archive has none of them beside.
// Exit code 0: whole; 1: not whole; 2: nothing was checked, since there are no entries, or the file
// or the key cannot be read.
// PUBLIC_KEY is the `publicKey` of GET /api/v1/audit/keys, fetched once and kept by you; several,
// when the console's key changed in between, with commas and no blanks.
import { isUtf8 } from "node:buffer";
import { createHash, createPublicKey, verify } from "node:crypto";
import { readFileSync } from "node:fs";

const files = process.argv.slice(2, -1);
if (files.length === 0) cannotCheck("Use: node verify-export.mjs FILE… PUBLIC_KEY");

const keys = new Map();
for (const text of process.argv.at(-1).split(",")) {
  const der = Buffer.from(text, "base64");
  keys.set(sha256(der).slice(0, 16), readKey(der, text));
}

// What goes on from file to file.
const flags = new Map();
const done = [];
const erasureEntries = new Map();
const asked = new Map();
let at = "";
let begin = null;
let before = null;
let revision = null;
for (const file of files) {
  try {
    check(file);
  } catch {
    // Of a form that nothing here expects.
    stop(`${at} is damaged.`);
  }
}

function check(name) {
  const bytes = readBytes(name);
  if (!isUtf8(bytes)) stop("The file is damaged: it is not UTF-8.");
  const text = bytes.toString();
  if (text.startsWith('"seq",'))
    cannotCheck(`${name} is CSV, which is for spreadsheets. Export JSON Lines.`);
  // Only a line feed ends a line: a reason may have U+2028, and every other line end, as it is.
  const lines = text.split("\n");
  if (lines.pop() !== "") stop("The file breaks off within a line.");
  const last = lines.pop() ?? "";
  const { manifest } = parse(last, lines.length + 1);
  if (!manifest) stop("The file breaks off: it has no manifest.");
  const isFiltered = manifest.filter !== null;
  const opened = new Map();

  if (isFiltered && files.length > 1) stop("A filtered export goes on from no other file.");
  const tombstones = [];
  const unopened = new Map();
  for (const [index, line] of lines.entries()) {
    const { private: beside = {}, ...event } = parse(line, index + 1);
    const { hash, ...unhashed } = event;
    at = `Line ${index + 1}, entry ${event.seq},`;
    for (const value of [...fieldsOf(event.before), ...fieldsOf(event.after)]) {
      const isPlain = value === null || !["object", "number"].includes(typeof value);
      if (!isPlain && !Number.isSafeInteger(value) && !isCommitment(value))
        stop(`Entry ${event.seq} was edited: it has not the form of an entry.`);
    }
    const isNext =
      before === null
        ? isFiltered || event.seq === manifest.firstSeq
        : event.seq === before.seq + 1;
    begin ??= event;
    if (!isNext && !isFiltered)
      stop(`Entry ${(before?.seq ?? 0) + 1} is missing: then comes ${event.seq}.`);
    if (before && event.seq <= before.seq) stop(`Entry ${event.seq} is out of order.`);
    if (event.seq === 1 && event.prevHash !== "0".repeat(64))
      stop("Entry 1 does not begin the chain.");
    if (before && isNext && event.prevHash !== before.hash)
      stop(`Entry ${event.seq} does not continue the one before.`);
    if (sha256(canonical(unhashed)) !== hash) stop(`Entry ${event.seq} was edited.`);
    checkOpenings(event, beside, unopened);
    for (const commitment of Object.keys(beside)) opened.set(commitment, event.seq);
    if (event.action === "person.erased" && event.outcome === "success")
      erasureEntries.set(String(event.seq), event.after);
    if (event.target.type === "person" && event.outcome === "success" && !isFiltered)
      followErasure(event);
    if (event.revision !== null && !isFiltered) {
      if (revision !== null && event.revision !== revision + 1)
        stop(`Entry ${event.seq} has the wrong revision.`);
      revision = event.revision;
      const was =
        flags.get(event.target.id) ?? (begin.seq === 1 ? false : event.before.acceptsBsuid);
      if (event.before.acceptsBsuid !== was)
        stop(`Entry ${event.seq} changes a flag from what it was not.`);
      flags.set(event.target.id, event.after.acceptsBsuid);
    }
    if (event.action === "audit.archived") tombstones.push(event.after);
    before = event;
  }

  // Old entries leave the trail into archives, and an entry tells of each: where it ends, and its
  // SHA-256. What comes after it begins there.
  const isRecorded = tombstones.some(
    (one) => one.lastSeq === begin.seq - 1 && one.lastHash === begin.prevHash,
  );
  const isBegun = isFiltered || manifest.isArchive || done.length > 0 || !(begin?.seq > 1);
  if (!isBegun && !isRecorded)
    stop(`Entry ${begin.seq - 1} is missing, and no entry tells that it left into an archive.`);
  for (const tombstone of tombstones) {
    const archive = done.find(
      (one) => one.firstSeq === tombstone.firstSeq && one.lastSeq === tombstone.lastSeq,
    );
    if (archive && archive.digest !== tombstone.fileDigest)
      stop(`${archive.name} is not the archive that was written: its SHA-256 is another.`);
  }
  done.push({ name, digest: sha256(text), firstSeq: manifest.firstSeq, lastSeq: manifest.lastSeq });

  at = "The manifest";
  if (manifest.withheld !== "all") checkErasures(manifest, { unopened, opened, isFiltered });

  const { signature, ...unsigned } = manifest;
  const { signature: headSignature, ...head } = manifest.head;
  if (manifest.count !== lines.length)
    stop(`The manifest tells of ${manifest.count} entries, not of ${lines.length}.`);
  if ((before?.seq ?? null) !== manifest.lastSeq)
    stop("The last entry is not the one that the manifest names.");
  if (!isFiltered && before && (head.seq !== before.seq || head.hash !== before.hash)) {
    stop(`Entry ${before.seq} is not the one that was signed: the trail was rewritten.`);
  }
  if (!isFiltered && !before && head.seq > 0)
    stop(`The signed head is of entry ${head.seq}, and the file has none.`);
  if (!isSigned(head, headSignature)) stop("The head is not signed by the key you named.");
  if (!isSigned(unsigned, signature)) stop("The manifest is not signed by the key you named.");
  if (sha256(text.slice(0, text.length - last.length - 1)) !== manifest.digest)
    stop("The lines are not those that were signed.");

  if (lines.length === 0) {
    console.log(
      `Nothing was checked: the file has no entries${isFiltered ? `, narrowed by ${JSON.stringify(manifest.filter)}` : ""}. That there are none is the word of ${manifest.keyId}.`,
    );
    process.exitCode = 2;
    return;
  }
  const entries = `entries ${manifest.firstSeq} to ${manifest.lastSeq} (${lines.length})`;
  const by = `signed on ${head.signedAt} by ${manifest.keyId}`;
  if (isFiltered) {
    console.log(`As signed: ${entries}, filtered, ${by}, whose word it is that none is missing.`);
  } else if (manifest.firstSeq === 1) {
    console.log(`Whole: ${lines.length} entries, ${by}.`);
  } else {
    const before =
      done.length > 1 ? "they go on from the file before" : "what is before was not given";
    console.log(`As signed: ${entries}, ${by}; ${before}.`);
  }
}

function readKey(der, text) {
  try {
    return createPublicKey({ key: der, format: "der", type: "spki" });
  } catch {
    return cannotCheck(`"${text}" is no public key: name the publicKey of GET /api/v1/audit/keys.`);
  }
}

function readBytes(name) {
  try {
    return readFileSync(name);
  } catch (error) {
    return cannotCheck(`${name} cannot be read: ${error.message}.`);
  }
}

function cannotCheck(why) {
  console.error(`Nothing was checked. ${why}`);
  process.exit(2);
}

function stop(why) {
  console.error(`NOT whole. ${why}`);
  process.exit(1);
}

function parse(line, place) {
  try {
    return JSON.parse(line);
  } catch {
    return stop(`Line ${place} is damaged.`);
  }
}

function sha256(data) {
  return createHash("sha256").update(data).digest("hex");
}

/** By the key that it names, which has to be one of those you named. */
function isSigned(value, signature) {
  const key = keys.get(value.keyId);
  const text = Buffer.from(canonical(value));
  return key !== undefined && verify(null, text, key, Buffer.from(signature, "base64"));
}

/** Somebody is erased when somebody else asked for it 72 hours before, and did not take it back. */
function followErasure({ seq, action, actor, target, occurredAt }) {
  if (action === "person.erasure_requested") asked.set(target.id, { by: actor.id, occurredAt });
  if (action === "person.erasure_withdrawn") asked.set(target.id, null);
  if (action !== "person.erased") return;
  const request = asked.get(target.id);
  // The request may be in a part that is not here.
  if (request === undefined && begin.seq !== 1) return;
  const hours = (Date.parse(occurredAt) - Date.parse(request?.occurredAt)) / 3_600_000;
  if (!(hours >= 72) || request.by === target.id)
    stop(`Entry ${seq} erased a person, and nobody else asked for it 72 hours before.`);
  asked.set(target.id, null);
}

/** What opens a commitment is what was committed to; what nothing opens is kept with its first entry. */
function checkOpenings(event, beside, unopened) {
  const all = commitmentsOf(event);
  for (const [commitment, opening] of Object.entries(beside)) {
    const { salt, value } = opening ?? {};
    if (
      !all.includes(commitment) ||
      typeof salt !== "string" ||
      sha256(canonical({ salt, value })) !== commitment
    )
      stop(`A value beside entry ${event.seq} is not what it commits to: ${commitment}.`);
  }
  const origins = [event.origin?.$private, event.after?.from?.$private];
  for (const commitment of all) {
    if (Object.hasOwn(beside, commitment) || unopened.has(commitment)) continue;
    unopened.set(commitment, { seq: event.seq, isOrigin: origins.includes(commitment) });
  }
}

function commitmentsOf({ actor, target, origin, onBehalfOf, before, after }) {
  const fields = [...fieldsOf(before), ...fieldsOf(after)];
  return [actor.identity, target.display, origin, onBehalfOf?.identity, ...fields].flatMap(
    (value) => (isCommitment(value) ? value.$private : []),
  );
}

function fieldsOf(fields) {
  if (fields === null || (typeof fields === "object" && !Array.isArray(fields)))
    return Object.values(fields ?? {});
  return [{}];
}

function isCommitment(value) {
  const isOne = typeof value === "object" && /^[0-9a-f]{64}$/.test(value?.$private);
  return isOne && typeof value.$private === "string" && Object.keys(value).length === 1;
}

/** An entry tells how many values of a person were erased, and the SHA-256 of their commitments, sorted, one a line. */
function checkErasures(manifest, { unopened, opened, isFiltered }) {
  const { erasures, withheld, firstSeq, lastSeq } = manifest;
  for (const [seq, { count, digest }] of erasureEntries) {
    const lines = (erasures[seq] ?? []).toSorted().map((commitment) => `${commitment}\n`);
    if (lines.length !== count || sha256(lines.join("")) !== digest)
      stop(`Entry ${seq} tells of other values that were erased than the file names.`);
  }
  for (const seq of Object.keys(erasures)) {
    const isHere = !isFiltered && Number(seq) >= firstSeq && Number(seq) <= lastSeq;
    if (isHere && !erasureEntries.has(seq))
      stop(`Entry ${seq} tells of no erasure, and the file names one.`);
  }
  const erased = Object.values(erasures).flat();
  for (const [seq, commitments] of Object.entries(erasures)) {
    // Whoever was erased while the file was written may be in its beginning.
    const there = Number(seq) <= lastSeq && commitments.find((one) => opened.has(one));
    if (there) stop(`A value of entry ${opened.get(there)} is there, and entry ${seq} erased it.`);
  }
  for (const [commitment, { seq, isOrigin }] of unopened) {
    const times = erased.filter((one) => one === commitment).length;
    if (times !== 1 && !(isOrigin && withheld === "origins"))
      stop(`A value of entry ${seq} is not there, and no erasure tells of it: ${commitment}.`);
  }
}

/** RFC 8785: no blanks, names in the order of their UTF-16 units; numbers here are whole. */
function canonical(value) {
  if (Array.isArray(value)) return `[${value.map(canonical).join(",")}]`;
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  const names = Object.keys(value).sort();
  return `{${names.map((name) => `${JSON.stringify(name)}:${canonical(value[name])}`).join(",")}}`;
}
