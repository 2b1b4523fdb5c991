// The desk at the door. The list and a queue of what was done live in IndexedDB; every deed is on disk before the
// screen says so, is sent with an id of its own, and leaves the queue only when the server has answered for it.
const KEPT = "rukun-desk";
const root = document.querySelector('[data-module~="desk"]');
const words = JSON.parse(root.dataset.words);
const { here, zone } = root.dataset;
const keepFor = Number(root.dataset.keep) * 1000;
const find = (what) => root.querySelector(what);
const say = (key, holes = {}) => words[key].replace(/\{(\w+)\}/g, (_, name) => holes[name] ?? "");
const plainName = (text) => text.normalize("NFKD").replace(/[^\p{L}\p{N} ]/gu, "").toLowerCase();
const readCode = (text) => text.replace(/\/+$/, "").split("/").pop().toUpperCase().replace(/[^A-Z0-9]/g, "")
  .replace(/O/g, "0").replace(/[IL]/g, "1").replace(/U/g, "V");
const clock = new Intl.DateTimeFormat("id-ID", { hour: "2-digit", minute: "2-digit", timeZone: zone });

function done(request) {
  return new Promise((yes, no) => {
    request.onsuccess = () => yes(request.result);
    request.onerror = () => no(request.error);
  });
}

function openBox() {
  const request = indexedDB.open(`rukun-desk:${here}`, 1);
  request.onupgradeneeded = () => {
    request.result.createObjectStore("rows", { keyPath: "code" });
    request.result.createObjectStore("queue", { keyPath: "order", autoIncrement: true });
    request.result.createObjectStore("about");
  };
  return done(request);
}

// Runs a change and waits until it is on disk.
function write(box, stores, change) {
  return new Promise((yes, no) => {
    const deal = box.transaction(stores, "readwrite", { durability: "strict" });
    deal.oncomplete = () => yes();
    deal.onabort = deal.onerror = () => no(deal.error);
    change(...stores.map((name) => deal.objectStore(name)));
  });
}

let box;
let rows = new Map();
let queue = [];
let about = { cursor: 0, counts: { present: 0, registered: 0, waiting: 0 }, skew: 0, mark: "", desk: "", token: "", until: 0, conflicts: [] };
let busy = false;
let listed = Promise.resolve(); // the list on its way to this phone
let net = navigator.onLine ? "sending" : "offline"; // until the server has been heard

async function load() {
  const deal = box.transaction(["rows", "queue", "about"]);
  const [all, waiting, kept] = await Promise.all([
    done(deal.objectStore("rows").getAll()), done(deal.objectStore("queue").getAll()), done(deal.objectStore("about").get("this")),
  ]);
  rows = new Map(all.map((row) => [row.code, row]));
  queue = waiting;
  about = { ...about, ...kept };
}

const remember = () => write(box, ["about"], (store) => store.put(about, "this"));
const moment = (row) => (row.at ? clock.format(new Date(row.at)) : "");
const deskOf = (row) => row.desk || words.another;

function counted() {
  // The server's figures, and what this phone has done since it last heard them.
  const more = queue.reduce((sum, deed) => sum + (deed.kind === "urung" ? -deed.was : deed.count), 0);
  return { ...about.counts, present: about.counts.present + more, unsent: queue.length };
}

function line(row, ...ends) {
  const item = document.createElement("li");
  const name = document.createElement("b");
  name.textContent = row.name;
  const state = document.createElement("span");
  const standing = row.at ? say("came", { time: moment(row), desk: deskOf(row) })
    : row.status === "menunggu" ? words.waiting : row.status === "batal" ? words.cancelled_state : words.not_yet;
  state.textContent = [row.from, say("people", { count: row.at ? row.count : row.party }), row.digits && `…${row.digits}`, ...(row.needs ?? []), standing,
    queue.some((deed) => deed.code === row.code) && words.unsent].filter(Boolean).join(" · ");
  item.append(name, " ", state, " ", ...ends);
  return item;
}

function press(text, deed) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "button button--quiet";
  button.textContent = text;
  button.addEventListener("click", deed);
  return button;
}

function found(typed) {
  const text = typed.trim();
  const code = readCode(text);
  if (code.length >= 12 && rows.has(code)) return [rows.get(code)];
  const digits = text.replace(/\D/g, "");
  if (digits.length >= 3 && !/[a-z]/i.test(text)) return [...rows.values()].filter((row) => row.digits === digits.slice(-3));
  const parts = plainName(text).split(" ").filter(Boolean);
  if (!parts.length) return [];
  return [...rows.values()].filter((row) => parts.every((part) => plainName([row.name, row.from, ...(row.names ?? [])].join(" ")).includes(part)));
}

function showFound() {
  const list = find("[data-found]");
  const typed = find("#desk-typed").value;
  list.replaceChildren(...(typed.trim().length < 2 ? [] : found(typed).slice(0, 20)).map((row) => {
    if (row.at || row.status === "batal" || row.status === "ganda") return line(row);
    let count = null;
    if (row.party > 1) {
      count = Object.assign(document.createElement("input"), { type: "number", min: 1, max: row.party, value: row.party, inputMode: "numeric", className: "desk__count" });
      count.setAttribute("aria-label", say("count_label", { name: row.name }));
    }
    return line(row, ...(count ? [count] : []), press(words.here, () => checkIn(row, Number(count?.value ?? 1))));
  }));
}

function show() {
  const figures = counted();
  for (const place of root.querySelectorAll("[data-live]")) {
    place.textContent = new Intl.NumberFormat("id-ID").format(figures[place.dataset.live]);
  }
  const state = net === "online" && queue.length ? "sending" : net;
  find("[data-net]").textContent = words[state];
  root.dataset.net = state;
  const latest = [...rows.values()].filter((row) => row.at).sort((a, b) => (a.at < b.at ? 1 : -1)).slice(0, 8);
  find("[data-latest]").replaceChildren(...latest.map((row) => line(row, press(words.undo, () => undo(row)))));
  const conflicts = find("[data-conflicts]");
  conflicts.hidden = !about.conflicts.length;
  conflicts.querySelector("ul").replaceChildren(...about.conflicts.map((text) => Object.assign(document.createElement("li"), { textContent: text })));
  showFound();
}

function answer(text, tone) {
  const place = find("[data-answer]");
  place.textContent = text;
  place.dataset.tone = tone;
}

const stamp = () => ({ id: crypto.randomUUID(), at: Date.now() });
const shownNow = () => new Date(Date.now() + about.skew).toISOString();

async function keep(deed, row) {
  await write(box, ["queue", "rows"], (line_, list) => {
    line_.add(deed).onsuccess = (event) => { deed.order = event.target.result; };
    list.put(row);
  });
  queue.push(deed);
  rows.set(row.code, row);
  show();
  sync();
}

async function checkIn(row, people = row.party) {
  if (row.at) return answer(say("already", { name: row.name, time: moment(row), desk: deskOf(row) }), "warn");
  if (row.status === "batal") return answer(say("cancelled", { name: row.name }), "bad");
  if (row.status === "ganda") return answer(say("duplicate", { name: row.name }), "warn");
  const count = Math.min(row.party, Math.max(1, people || row.party));
  find("#desk-typed").value = ""; // before anything is awaited: the next guest is typed meanwhile
  const deed = { ...stamp(), kind: "hadir", code: row.code, count };
  await keep(deed, { ...row, at: shownNow(), count, desk: about.desk, deed: deed.id });
  answer(say("present", { name: row.name, count }), "ok");
}

async function undo(row) {
  const deed = { ...stamp(), kind: "urung", code: row.code, of: row.deed ?? "", seen: row.deed ? "" : row.at, was: row.count, count: 0 };
  await keep(deed, { ...row, at: null, count: 0, desk: "", deed: undefined, status: row.local ? "batal" : row.status });
  answer(say("undone", { name: row.name }), "ok");
}

async function take(typed) {
  let matches = found(typed);
  if (!matches.length && net !== "offline") {
    // Perhaps the list is still on its way, or the guest registered a minute ago at home.
    const asked = listed.then(sync);
    await Promise.race([asked, new Promise((resolve) => { setTimeout(resolve, 4000); })]);
    matches = found(typed);
  }
  if (matches.length === 1) return checkIn(matches[0]);
  answer(matches.length ? words.several : say("unknown", { typed: typed.trim().split("/").pop() }), "warn");
  return null;
}

function replaceRow(list, row) {
  // A deed of this phone that has not been answered yet stands above what the server said before it.
  if (queue.some((deed) => deed.code === row.code)) return;
  const known = rows.get(row.code);
  if (known?.names && !row.names) row.names = known.names;
  if (known?.deed && known.at && row.at) row.deed = known.deed;
  rows.set(row.code, row);
  list.put(row);
}

function lessThan(ms) { return AbortSignal.timeout(ms); }

async function readJson(response) {
  if (response.redirected || !response.headers.get("Content-Type")?.includes("json")) {
    throw Object.assign(new Error("signed out"), { signedOut: response.status < 500, gone: response.status === 404 });
  }
  return response.json();
}

async function fetchList() {
  const response = await fetch(`${here}/daftar.json`, { headers: about.mark ? { "If-None-Match": about.mark } : {}, cache: "no-store", signal: lessThan(20000) });
  if (response.status === 304) return;
  const got = await readJson(response);
  const fresh = new Set(got.rows.map((row) => row.code));
  await write(box, ["rows", "about"], (list, kept) => {
    for (const row of got.rows) replaceRow(list, row);
    for (const row of [...rows.values()]) {
      if (!fresh.has(row.code) && !queue.some((deed) => deed.code === row.code)) { rows.delete(row.code); list.delete(row.code); }
    }
    about = { ...about, counts: got.counts, cursor: Math.max(about.cursor, got.cursor), skew: Date.parse(got.now) - Date.now(), mark: response.headers.get("ETag") ?? "", token: got.token, until: Date.now() + keepFor };
    kept.put(about, "this");
  });
}

async function exchange(again = false) {
  const part = queue.slice(0, 50);
  const now = Date.now();
  const response = await fetch(`${here}/sinkron`, {
    method: "POST", cache: "no-store", signal: lessThan(20000),
    headers: { "Content-Type": "application/json", "X-CSRFToken": about.token },
    body: JSON.stringify({
      desk: about.desk, cursor: about.cursor,
      deeds: part.map(({ id, kind, code, count, of, seen, name, party, from, at }) => ({ id, kind, code, count, of, seen, name, party, from, age_ms: Math.max(0, now - at) })),
    }),
  });
  if (response.status === 400 && !again) { // a new session has a new token
    about.mark = "";
    await fetchList();
    return exchange(true);
  }
  const got = await readJson(response);
  const answered = new Map(got.results.map((result) => [result.id, result]));
  const before = about.counts.registered;
  await write(box, ["queue", "rows", "about"], (line_, list, kept) => {
    for (const deed of part) {
      const result = answered.get(deed.id);
      if (!result) continue;
      line_.delete(deed.order);
      queue = queue.filter((other) => other.id !== deed.id);
      const told = rows.get(deed.code);
      if (deed.kind === "langsung") { rows.delete(deed.code); list.delete(deed.code); }
      // Later deeds of this phone about a guest whom only now the server has a code for.
      if (deed.kind === "langsung" && result.row) {
        for (const later of queue.filter((other) => other.code === deed.code)) { later.code = result.row.code; line_.put(later); }
        if (queue.some((other) => other.code === result.row.code) && told) { rows.set(result.row.code, { ...told, code: result.row.code }); list.put(rows.get(result.row.code)); }
      }
      if (result.row) {
        if (result.outcome === "dicatat" && deed.kind !== "urung") result.row.deed = deed.id;
        replaceRow(list, result.row);
      }
      const name = result.row?.name ?? told?.name ?? deed.code;
      if (result.outcome === "sudah") about.conflicts.unshift(say("already", { name, time: moment(result.row), desk: deskOf(result.row) }));
      if (result.outcome === "ditolak") about.conflicts.unshift(`${name}: ${result.words}`);
    }
    for (const row of got.changes) replaceRow(list, row);
    about = { ...about, cursor: got.cursor, counts: got.counts, skew: Date.parse(got.now) - Date.now(), conflicts: about.conflicts.slice(0, 20) };
    kept.put(about, "this");
  });
  if (before !== got.counts.registered) { about.mark = ""; await fetchList(); }
  return queue.length > 0;
}

async function sync() {
  if (busy) return;
  busy = true;
  try {
    if (!about.token) await fetchList();
    while (await exchange()) { /* the next piece */ }
    net = "online";
  } catch (error) {
    net = error.signedOut ? "signed_out" : "offline";
    if (error.gone && !queue.length) await forget(); // the link has ended: nobody's name stays on this phone
  } finally {
    busy = false;
    show();
  }
}

async function keepPage() {
  const worker = await navigator.serviceWorker.register(`${here}/pekerja.js`, { scope: here });
  const cache = await caches.open(KEPT);
  const response = await fetch(`${here}?luring=1`, { cache: "no-store" });
  if (!response.ok || response.redirected) return worker;
  const headers = new Headers(response.headers);
  headers.set("Rukun-Kept-Until", String(Date.now() + keepFor));
  await cache.put(here, new Response(await response.blob(), { headers }));
  const loaded = performance.getEntriesByType("resource").map((entry) => new URL(entry.name).pathname).filter((path) => path.startsWith("/aset/"));
  const named = [...document.querySelectorAll("link[rel=stylesheet], script[src]")].map((tag) => new URL(tag.href || tag.src).pathname);
  const wanted = new Set([...loaded, ...named, find("[data-decoder]").dataset.decoder]);
  await Promise.all([...wanted].map(async (path) => (await cache.match(path)) ?? cache.add(path)));
  await navigator.serviceWorker.ready;
  root.dataset.kept = "yes";
  return worker;
}

async function forget() {
  rows = new Map();
  about = { ...about, cursor: 0, mark: "", conflicts: [] };
  await write(box, ["rows", "about"], (list, kept) => { list.clear(); kept.clear(); });
  await (await caches.open(KEPT)).delete(here);
}

async function clear() {
  if (queue.length) return answer(words.not_cleared, "warn");
  await forget();
  find("[data-latest]").replaceChildren();
  find("[data-found]").replaceChildren();
  return answer(words.cleared, "ok");
}

async function start() {
  try {
    box = await openBox();
    await load();
  } catch {
    return; // no storage here: the ordinary page stays
  }
  document.querySelector("[data-desk-plain]")?.remove();
  root.hidden = false;
  if (about.until && about.until < Date.now() && !queue.length) {
    rows = new Map();
    about = { ...about, mark: "", cursor: 0 };
    await write(box, ["rows"], (list) => list.clear());
  }
  const fixed = find("#desk-desk").dataset.fixed; // a volunteer's desk bears the name that the station gave it
  if (fixed) about.desk = fixed;
  if (!about.desk) about.desk = say("desk_default", { number: String(1 + Math.floor(Math.random() * 99)) });
  await remember();
  find("#desk-desk").value = about.desk;
  find("#desk-desk").addEventListener("change", (event) => { about.desk = event.target.value.trim() || about.desk; remember(); });
  find("#desk-typed").addEventListener("input", showFound);
  find("[data-find]").addEventListener("submit", (event) => { event.preventDefault(); take(find("#desk-typed").value); });
  root.addEventListener("scanned", (event) => { event.preventDefault(); find("#desk-typed").value = ""; take(event.detail); });
  find("[data-clear]").addEventListener("click", clear);
  find("[data-walk-in]").addEventListener("submit", async (event) => {
    event.preventDefault();
    const form = event.target;
    const name = form.elements.name.value.trim().replace(/\s+/g, " ");
    const party = Math.min(100, Math.max(1, Number.parseInt(form.elements.party.value, 10) || 1));
    if (!name) { form.elements.name.focus(); return answer(words.walk_in_missing, "bad"); }
    const deed = { ...stamp(), kind: "langsung", name, party, count: party, from: form.elements.from.value.trim() };
    deed.code = `LOKAL${deed.id}`;
    form.reset();
    await keep(deed, { code: deed.code, name, party, digits: "", from: deed.from, status: "terdaftar", at: shownNow(), count: party, desk: about.desk, deed: deed.id, local: true });
    return answer(say("present", { name, count: party }), "ok");
  });
  show();
  listed = fetchList().catch((error) => { net = error.signedOut ? "signed_out" : "offline"; });
  await listed;
  await sync();
  addEventListener("online", sync);
  setInterval(() => { if (!document.hidden || queue.length) sync(); }, 6000);
  if (net === "online") keepPage().catch(() => { root.dataset.kept = "no"; });
}

start();
