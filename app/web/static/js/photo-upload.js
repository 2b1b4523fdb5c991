// Photos from the camera while a text is written: made smaller, kept on this phone, sent when there is signal.
// <div data-module="photo-upload" data-url="…" data-editor="body" data-words="{…}"><input type="file" multiple></div>
// A photo that reached the server goes into the text at the cursor and into the list of photos.
const AGAIN = 15000;

function store() {
  return new Promise((done, failed) => {
    const open = indexedDB.open("rukun-photos", 1);
    open.onupgradeneeded = () => open.result.createObjectStore("waiting", { keyPath: "id", autoIncrement: true });
    open.onsuccess = () => done(open.result);
    open.onerror = () => failed(open.error);
  });
}

async function waiting(mode, deed) {
  const base = await store();
  try {
    return await new Promise((done, failed) => {
      const work = base.transaction("waiting", mode);
      const asked = deed(work.objectStore("waiting"));
      work.oncomplete = () => done(asked.result);
      work.onerror = () => failed(work.error);
    });
  } finally { base.close(); }
}

for (const box of document.querySelectorAll('[data-module~="photo-upload"]')) {
  const words = JSON.parse(box.dataset.words);
  const field = box.querySelector('input[type="file"]');
  const line = box.querySelector('[role="status"]');
  const form = box.closest("form");
  let sending = false;
  box.hidden = false;

  async function send() {
    if (sending) return;
    sending = true;
    try {
      const rows = await waiting("readonly", (rows) => rows.getAll());
      for (const row of rows) {
        line.textContent = words.sending.replace("{count}", String(rows.length));
        const data = new FormData();
        data.set("csrf_token", form.elements.csrf_token.value);
        data.set("file", row.file, row.name);
        if (form.elements.unit_id) data.set("unit_id", form.elements.unit_id.value);
        const answer = await fetch(box.dataset.url, { method: "POST", body: data, credentials: "same-origin" });
        if (answer.status >= 500) throw new Error("later");
        const told = await answer.json();
        await waiting("readwrite", (rows) => rows.delete(row.id));
        line.textContent = answer.ok ? words.sent : told.error;
        if (answer.ok) document.getElementById(box.dataset.editor).dispatchEvent(new CustomEvent("photo", { bubbles: true, detail: told }));
      }
    } catch {
      const rows = await waiting("readonly", (rows) => rows.getAll()).catch(() => []);
      if (rows.length) {
        line.textContent = words.waiting.replace("{count}", String(rows.length));
        setTimeout(send, AGAIN);
      }
    } finally { sending = false; }
  }

  field.addEventListener("change", async () => {
    const files = [...field.files];
    field.value = "";
    const { shrunk } = await import(box.dataset.shrink);
    for (const file of files) {
      const small = await shrunk(file);
      await waiting("readwrite", (rows) => rows.add({ file: small, name: small.name, at: Date.now() }));
    }
    send();
  });
  // The file itself never travels with the text.
  form.addEventListener("formdata", (event) => event.formData.delete(field.name));
  addEventListener("online", send);
  send();
}
