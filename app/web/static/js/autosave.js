// Keeps what is written in a long form on this device until it is sent: <form data-module="autosave" data-key="…">.
// Secrets, files and hidden fields are never kept. A page that carries data-saved="<key>" on any element says that the
// form reached the server, and the copy is thrown away. A form with data-typed came back with what was typed in it.
const DAY = 86400000;
const KEPT_FOR = 14 * DAY;
const name = (key) => `rukun:form:${key}`;

const store = {
  read(key) {
    try {
      const kept = JSON.parse(localStorage.getItem(name(key)));
      return kept && Date.now() - kept.at < KEPT_FOR ? kept.values : null;
    } catch { return null; }
  },
  write(key, values) {
    try { localStorage.setItem(name(key), JSON.stringify({ at: Date.now(), values })); } catch { /* full or forbidden */ }
  },
  forget(key) {
    try { localStorage.removeItem(name(key)); } catch { /* forbidden */ }
  },
};

const fields = (form) => [...form.elements].filter((field) =>
  field.name && !["hidden", "password", "file", "submit", "button", "fieldset"].includes(field.type) && !field.closest("[data-private]"));

function snapshot(form) {
  return fields(form).map((field) => [field.name, field.value, ["checkbox", "radio"].includes(field.type) ? field.checked : null]);
}

function restore(form, values) {
  const seen = new Set();
  for (const [fieldName, value, checked] of values) {
    const field = fields(form).find((it) => it.name === fieldName && !seen.has(it) && (checked === null || it.value === value));
    if (!field) continue;
    seen.add(field);
    if (checked === null) field.value = value; else field.checked = checked;
    field.dispatchEvent(new Event("input", { bubbles: true }));
  }
  form.dispatchEvent(new CustomEvent("restored", { bubbles: true }));
}

function offer(form, key, values) {
  const note = document.createElement("div");
  const text = document.createElement("span");
  const yes = document.createElement("button");
  const no = document.createElement("button");
  note.className = "form-note";
  note.setAttribute("role", "status");
  text.textContent = form.dataset.kept;
  yes.textContent = form.dataset.restore;
  no.textContent = form.dataset.discard;
  yes.className = "button button--quiet";
  no.className = "button button--plain";
  yes.type = no.type = "button";
  yes.addEventListener("click", () => { restore(form, values); note.remove(); });
  no.addEventListener("click", () => { store.forget(key); note.remove(); });
  note.append(text, yes, no);
  form.prepend(note);
}

for (const done of document.querySelectorAll("[data-saved]")) store.forget(done.dataset.saved);

for (const form of document.querySelectorAll('form[data-module~="autosave"]')) {
  const key = form.dataset.key;
  const kept = store.read(key);
  const fresh = JSON.stringify(snapshot(form));
  // A form that came back from the server already holds what was typed.
  const typed = form.hasAttribute("data-typed") || form.querySelector("[aria-invalid]");
  if (kept && JSON.stringify(kept) !== fresh && !typed) offer(form, key, kept);
  let timer;
  form.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(() => store.write(key, snapshot(form)), 400);
  });
  form.addEventListener("submit", () => { clearTimeout(timer); store.write(key, snapshot(form)); });
}
