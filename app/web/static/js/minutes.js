// Minutes typed during a meeting, on several devices at once: <form data-module="minutes">. A moment after the last
// key a section is sent by itself; until the server has it, a copy stays on this device and comes back after a crash.
// The page asks what other devices saved: an untouched section is drawn anew, a touched one is warned of. Nothing is
// overwritten here: the server answers a late text with both texts, and that answer takes the section's place.
const WAIT = 1500;
const ASK_EVERY = 8000;
const AGAIN = 10000;
const KEPT_FOR = 14 * 86400000;

const form = document.querySelector('form[data-module~="minutes"]');
const words = form.dataset;
const news = form.querySelector("[data-news]");
const timers = new Map();
const busy = new Set();

const sections = () => [...form.querySelectorAll("[data-section]")];
const find = (key) => sections().find((it) => it.dataset.section === key);
const address = (key) => words.sectionUrl.replace(/_$/, encodeURIComponent(key));
const place = (key) => `rukun:minutes:${words.key}:${key}`;
const fields = (section) => [...section.querySelectorAll("input, select, textarea")].filter((it) => it.name);
const values = (section) => fields(section).map((it) => [it.name, it.value]);
const written = (section) => JSON.stringify(fields(section).filter((it) => it.type !== "hidden").map((it) => it.value));
const drawn = new Map(sections().map((it) => [it.dataset.section, written(it)]));
const touched = (section) => drawn.get(section.dataset.section) !== written(section);
const say = (section, text) => { section.querySelector("[data-status]").textContent = text; };

const store = {
  read(key) {
    try {
      const kept = JSON.parse(localStorage.getItem(place(key)));
      return kept && Date.now() - kept.at < KEPT_FOR ? kept.values : null;
    } catch { return null; }
  },
  write(key, list) {
    try { localStorage.setItem(place(key), JSON.stringify({ at: Date.now(), values: list })); } catch { /* full or forbidden */ }
  },
  forget(key) { try { localStorage.removeItem(place(key)); } catch { /* forbidden */ } },
};

function draw(key, html) {
  const old = find(key);
  const box = document.createElement("template");
  box.innerHTML = html.trim();
  const fresh = box.content.querySelector("[data-section]");
  if (!old || !fresh) return null;
  old.replaceWith(fresh);
  drawn.set(key, written(fresh));
  return fresh;
}

async function post(key, list) {
  const body = new URLSearchParams(list);
  for (const name of ["csrf_token", "penulis"]) body.set(name, form.elements[name].value);
  const answer = await fetch(address(key), { method: "POST", body, redirect: "manual", headers: { Accept: "application/json" } });
  if (answer.type === "opaqueredirect") return { state: "signed-out", text: words.signedOut };
  if (answer.status >= 500 || !(answer.headers.get("Content-Type") ?? "").includes("json")) throw new Error(`answer ${answer.status}`);
  return answer.json();
}

function take(key, sent, answer) {
  const section = find(key);
  if (!section) return;
  if (answer.state === "clash") {
    store.forget(key); // the server keeps the late text now
    const fresh = draw(key, answer.html);
    fresh?.querySelector("h2")?.focus();
    return;
  }
  if (answer.state === "saved") {
    for (const [name, value] of Object.entries(answer.fields)) {
      const field = fields(section).find((it) => it.name === name);
      if (field) field.value = value;
    }
    drawn.set(key, sent);
    if (touched(section)) soon(section); else store.forget(key);
  }
  say(section, answer.text);
}

async function send(section) {
  const key = section.dataset.section;
  if (busy.has(key)) return;
  busy.add(key);
  clearTimeout(timers.get(key));
  const sent = written(section);
  say(section, words.saving);
  try {
    take(key, sent, await post(key, values(section)));
  } catch {
    const now = find(key);
    if (now) say(now, words.offline);
    timers.set(key, setTimeout(() => { const it = find(key); if (it) send(it); }, AGAIN));
  } finally {
    busy.delete(key);
  }
}

function soon(section) {
  const key = section.dataset.section;
  clearTimeout(timers.get(key));
  timers.set(key, setTimeout(() => { const it = find(key); if (it) send(it); }, WAIT));
}

form.addEventListener("input", (event) => {
  const section = event.target.closest("[data-section]");
  if (!section) return;
  // While two texts are compared nothing is sent by itself: the writer decides.
  store.write(section.dataset.section, values(section));
  say(section, words.writing);
  if (!section.querySelector(".minutes__clash")) soon(section);
});
form.addEventListener("submit", (event) => {
  for (const timer of timers.values()) clearTimeout(timer);
  if (!busy.size) { form.dataset.leaving = "1"; return; }
  // A section is on its way: sent again with the old version it would clash with itself.
  event.preventDefault();
  const pressed = event.submitter;
  const again = () => { if (busy.size) setTimeout(again, 100); else form.requestSubmit(pressed); };
  again();
});
addEventListener("online", () => { for (const section of sections()) if (touched(section)) send(section); });
document.addEventListener("visibilitychange", () => {
  if (document.visibilityState === "hidden") for (const section of sections()) if (touched(section) && !section.querySelector(".minutes__clash")) send(section);
});
addEventListener("beforeunload", (event) => {
  if (!event.defaultPrevented && !form.dataset.leaving && sections().some(touched)) event.preventDefault();
});

// What a crash left on this device goes to the server with the version it was written against.
async function restore() {
  for (const section of sections()) {
    const key = section.dataset.section;
    const kept = store.read(key);
    if (!kept) continue;
    if (JSON.stringify(kept) === JSON.stringify(values(section))) { store.forget(key); continue; }
    news.textContent = words.restored;
    try {
      const answer = await post(key, kept);
      if (answer.state === "clash") { take(key, "", answer); continue; }
      if (answer.state === "saved") {
        const fresh = await fetch(address(key));
        if (fresh.ok) { draw(key, await fresh.text()); store.forget(key); }
        continue;
      }
      say(section, answer.text);
    } catch {
      for (const [name, value] of kept) {
        const field = fields(section).find((it) => it.name === name);
        if (field) field.value = value;
      }
      say(section, words.offline);
      timers.set(key, setTimeout(() => { const it = find(key); if (it) send(it); }, AGAIN));
    }
  }
}

async function ask() {
  if (document.visibilityState === "visible") {
    try {
      const answer = await fetch(words.stateUrl, { cache: "no-store", redirect: "manual" });
      if (answer.ok) await hear(await answer.json());
    } catch { /* asked again soon */ }
  }
  setTimeout(ask, ASK_EVERY);
}

async function hear(state) {
  const keys = sections().map((it) => it.dataset.section);
  const speakers = (list) => list.filter((key) => key.startsWith("pembicara-")).sort().join();
  if (state.sealed || speakers(keys) !== speakers(Object.keys(state.sections))) news.textContent = words.more;
  for (const key of keys) {
    const section = find(key);
    const known = state.sections[key];
    if (!section || !known || busy.has(key)) continue;
    const version = Number(section.querySelector(`[name="${key}-version"]`).value);
    if (known.version <= version) continue;
    if (touched(section) || section.contains(document.activeElement) || section.querySelector(".minutes__clash")) {
      section.querySelector("[data-saved]").textContent = known.text;
      say(section, words.other);
    } else {
      const fresh = await fetch(address(key));
      if (fresh.ok) draw(key, await fresh.text());
    }
  }
}

restore();
setTimeout(ask, ASK_EVERY);
