// Checks a receipt in the reader's own browser: the line stands in the log, the log is the sealed one, the seal is
// signed, the text is the one that was signed, and the log only grew since this phone last looked (RFC 9162, C2SP).
// The sentences stand in the page; this only computes, marks each step data-state="ok|bad|wait|unable" and shows it.
const numbers = new Intl.NumberFormat(document.documentElement.lang === "en" ? "en-GB" : "id-ID");
const enc = new TextEncoder();
const bytes = (text) => Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
const text64 = (raw) => btoa(String.fromCharCode(...raw));
const hex = (raw) => Array.from(raw, (value) => value.toString(16).padStart(2, "0")).join("");
const unhex = (text) => Uint8Array.from(text.match(/../g) ?? [], (pair) => parseInt(pair, 16));
const join = (...parts) => {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) { whole.set(part, at); at += part.length; }
  return whole;
};
const sha = async (...parts) => new Uint8Array(await crypto.subtle.digest("SHA-256", join(...parts)));
const node = (left, right) => sha(Uint8Array.of(1), left, right);
const same = (one, other) => one.length === other.length && one.every((value, at) => value === other[at]);

function readCheckpoint(note) {
  const gap = note.lastIndexOf("\n\n");
  const signed = note.slice(0, gap + 1);
  const [origin, size, root] = signed.split("\n");
  if (gap < 0 || !/^\d+$/.test(size ?? "") || !root) throw new Error("checkpoint");
  const signatures = note.slice(gap + 2).trim().split("\n").map((line) => line.split(" "));
  return { origin, size: Number(size), root: bytes(root), signed, signatures };
}

async function inclusionRoot(leaf, number, size, path) {
  let fn = number, sn = size - 1, value = leaf;
  for (const other of path) {
    if (sn === 0) return null;
    if (fn % 2 || fn === sn) {
      value = await node(other, value);
      while (fn % 2 === 0 && fn) { fn = Math.floor(fn / 2); sn = Math.floor(sn / 2); }
    } else value = await node(value, other);
    fn = Math.floor(fn / 2);
    sn = Math.floor(sn / 2);
  }
  return sn === 0 ? value : null;
}

async function grew(old, size, oldRoot, newRoot, path) {
  if (old === size) return same(oldRoot, newRoot);
  const power = Number.isInteger(Math.log2(old));
  const proof = power ? [oldRoot, ...path] : [...path];
  if (old > size || !proof.length) return false;
  let fn = old - 1, sn = size - 1;
  while (fn % 2) { fn = Math.floor(fn / 2); sn = Math.floor(sn / 2); }
  let first = proof[0], second = proof[0];
  for (const other of proof.slice(1)) {
    if (sn === 0) return false;
    if (fn % 2 || fn === sn) {
      first = await node(other, first);
      second = await node(other, second);
      while (fn % 2 === 0 && fn) { fn = Math.floor(fn / 2); sn = Math.floor(sn / 2); }
    } else second = await node(second, other);
    fn = Math.floor(fn / 2);
    sn = Math.floor(sn / 2);
  }
  return sn === 0 && same(first, oldRoot) && same(second, newRoot);
}

// True: a listed key signed; false: a signature of a listed key is wrong or none is there; null: cannot be told here.
async function sealed(checkpoint, keys) {
  let found = false;
  for (const line of keys) {
    const [name, number, ...rest] = line.split("+");
    const raw = bytes(rest.join("+"));
    if (name !== checkpoint.origin || raw[0] !== 1 || hex((await sha(enc.encode(`${name}\n`), raw)).slice(0, 4)) !== number) continue;
    const signature = checkpoint.signatures.find((one) => one[1] === name && hex(bytes(one[2]).slice(0, 4)) === number);
    if (!signature) continue;
    let key;
    try { key = await crypto.subtle.importKey("raw", raw.slice(1), { name: "Ed25519" }, false, ["verify"]); } catch { return null; }
    if (!await crypto.subtle.verify("Ed25519", key, bytes(signature[2]).slice(4), enc.encode(checkpoint.signed))) return false;
    found = true;
  }
  return found;
}

// A number as it was committed to: +62…, whatever of 0812…, 62812… or +62812… was typed.
function normal(phone) {
  const digits = phone.replace(/[^\d+]/g, "");
  if (digits.startsWith("+")) return digits;
  if (digits.startsWith("62")) return `+${digits}`;
  return digits.startsWith("0") ? `+62${digits.slice(1)}` : `+62${digits}`;
}

for (const box of document.querySelectorAll('[data-module~="receipt-check"]')) {
  const { log, text, commitment, salt, name } = box.dataset;
  const mark = (step, state, fills = {}) => {
    const row = box.querySelector(`[data-step="${step}"]`);
    row.dataset.state = state;
    for (const words of row.querySelectorAll("[data-when]")) {
      words.hidden = words.dataset.when !== state;
      for (const [key, value] of Object.entries(fills)) {
        if (!words.hidden && words.textContent.includes(`{${key}}`)) words.textContent = words.textContent.replace(`{${key}}`, numbers.format(value));
      }
    }
  };
  const get = async (address) => {
    const answer = await fetch(address, { cache: "no-store" });
    if (!answer.ok) throw Object.assign(new Error(String(answer.status)), { status: answer.status });
    return answer;
  };
  const summary = (state) => { for (const words of box.querySelectorAll("[data-sum]")) words.hidden = words.dataset.sum !== state; };

  const failed = () => summary("wait");

  async function check(tries) {
    let proof, keys;
    try {
      proof = await (await get(`${log}komitmen/${commitment}`)).json();
      keys = (await (await get(`${log}kunci`)).text()).trim().split("\n");
    } catch (error) {
      if (error.status === 404 && tries < 4) { setTimeout(() => check(tries + 1).catch(failed), 3000); return; }
      mark("line", "wait");
      summary("wait");
      return;
    }
    const leaf = JSON.parse(proof.leaf);
    const checkpoint = readCheckpoint(proof.checkpoint);
    const right = leaf.komitmen === commitment && leaf.ikrar === checkpoint.origin && (leaf.v < 3 || leaf.nomor === proof.number);
    mark("line", right ? "ok" : "bad", { number: proof.number });
    const root = await inclusionRoot(await sha(Uint8Array.of(0), enc.encode(proof.leaf)), proof.number, checkpoint.size, proof.path.map(bytes));
    mark("proof", root && same(root, checkpoint.root) ? "ok" : "bad", { size: checkpoint.size });
    const signed = await sealed(checkpoint, keys);
    mark("seal", signed === null ? "unable" : signed ? "ok" : "bad");
    const words = new Uint8Array(await (await get(text)).arrayBuffer());
    mark("text", hex(await sha(words)) === leaf.naskah ? "ok" : "bad");
    await growth(checkpoint, signed);
    const states = [...box.querySelectorAll("[data-step]")].map((row) => row.dataset.state);
    summary(states.includes("bad") ? "bad" : states.includes("unable") ? "unable" : "ok");
  }

  async function growth(checkpoint, signed) {
    const key = `rukun.segel.${checkpoint.origin}`;
    let kept = null;
    try { kept = JSON.parse(localStorage.getItem(key)); } catch { /* a phone that keeps nothing checks the rest */ }
    let held = true;
    if (kept?.size) {
      if (kept.size > checkpoint.size) held = false;
      else {
        const path = kept.size === checkpoint.size ? [] : (await (await get(`${log}konsistensi/${kept.size}/${checkpoint.size}`)).json()).path.map(bytes);
        held = await grew(kept.size, checkpoint.size, bytes(kept.root), checkpoint.root, path);
      }
      mark("growth", held ? "ok" : "bad", { old: kept.size });
    } else mark("growth", "first", { size: checkpoint.size });
    if (held && signed !== false) {
      try { localStorage.setItem(key, JSON.stringify({ size: checkpoint.size, root: text64(checkpoint.root) })); } catch { /* as above */ }
    }
  }

  if (!globalThis.crypto?.subtle) {
    box.hidden = false;
    summary("insecure");
    continue;
  }
  box.hidden = false;
  box.querySelector("[data-steps]").hidden = false;
  const form = box.querySelector("[data-person]");
  if (form && salt) {
    form.hidden = false;
    form.querySelector("button").addEventListener("click", async () => {
      const person = `{"nama":${JSON.stringify(name)},"telepon":${JSON.stringify(normal(form.querySelector("input").value))}}`;
      mark("person", hex(await sha(unhex(salt), enc.encode(person))) === commitment ? "ok" : "bad");
    });
  }
  check(0).catch(failed);
}
