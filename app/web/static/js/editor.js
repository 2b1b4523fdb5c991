// Turns a textarea of simple HTML into a small editor (Trix): <div data-module="editor" data-field="body" …>.
// The textarea stays the field that is sent; without script it is simply edited as it is. Photos come from those
// already uploaded, never from a paste: each becomes an attachment that carries the media id.
const load = (address) => new Promise((done, failed) => {
  const script = document.createElement("script");
  script.src = address;
  script.onload = done;
  script.onerror = failed;
  document.head.append(script);
});

const SHAPES = {
  bold: "M7 5h6a3.5 3.5 0 0 1 0 7H7zM7 12h7a3.5 3.5 0 0 1 0 7H7z",
  italic: "M10 5h8M6 19h8M14 5l-4 14",
  heading: "M6 5v14M18 5v14M6 12h12",
  quote: "M5 7h5v5c0 3-2 5-4 5M14 7h5v5c0 3-2 5-4 5",
  bullets: "M9 6h11M9 12h11M9 18h11M4.5 6h.2M4.5 12h.2M4.5 18h.2",
  numbers: "M10 6h10M10 12h10M10 18h10M4 5l1.500-1v5M4 14h3l-3 4h3",
  link: "M10 14a4 4 0 0 0 6 .4l3-3a4 4 0 0 0-5.600-5.600L12 7.200M14 10a4 4 0 0 0-6-.4l-3 3a4 4 0 0 0 5.600 5.600L12 16.800",
  photo: "M3.500 5h17v14h-17zM4 17l5-4 3.500 3 3.500-4 4.500 4.500",
  pieces: "M12 5v14M5 12h14",
  undo: "M9 14l-5-5 5-5M4 9h10a5.500 5.500 0 0 1 0 11h-4",
  redo: "M15 14l5-5-5-5M20 9H10a5.500 5.500 0 0 0 0 11h4",
};

function picture(name) {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  const path = document.createElementNS("http://www.w3.org/2000/svg", "path");
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("class", "icon");
  svg.setAttribute("aria-hidden", "true");
  path.setAttribute("d", SHAPES[name]);
  svg.append(path);
  return svg;
}

function tool(name, words, attributes) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "icon-button";
  button.title = words[name];
  button.setAttribute("aria-label", words[name]);
  for (const [key, value] of Object.entries(attributes)) button.setAttribute(key, value);
  button.append(picture(name));
  return button;
}

function toolbar(id, words, hasPhotos, hasPieces) {
  const bar = document.createElement("trix-toolbar");
  bar.id = id;
  const row = document.createElement("div");
  row.className = "editor__tools";
  row.setAttribute("role", "group");
  row.setAttribute("aria-label", words.tools);
  row.append(
    tool("heading", words, { "data-trix-attribute": "heading1" }),
    tool("bold", words, { "data-trix-attribute": "bold", "data-trix-key": "b" }),
    tool("italic", words, { "data-trix-attribute": "italic", "data-trix-key": "i" }),
    tool("quote", words, { "data-trix-attribute": "quote" }),
    tool("bullets", words, { "data-trix-attribute": "bullet" }),
    tool("numbers", words, { "data-trix-attribute": "number" }),
    tool("link", words, { "data-trix-attribute": "href", "data-trix-action": "link", "data-trix-key": "k" }),
  );
  if (hasPieces) row.append(tool("pieces", words, { "data-pieces": "", "aria-expanded": "false" }));
  if (hasPhotos) row.append(tool("photo", words, { "data-photos": "", "aria-expanded": "false" }));
  row.append(tool("undo", words, { "data-trix-action": "undo", "data-trix-key": "z" }), tool("redo", words, { "data-trix-action": "redo" }));

  const dialogs = document.createElement("div");
  dialogs.setAttribute("data-trix-dialogs", "");
  const dialog = document.createElement("div");
  dialog.setAttribute("data-trix-dialog", "href");
  dialog.setAttribute("data-trix-dialog-attribute", "href");
  dialog.hidden = true;
  const input = Object.assign(document.createElement("input"), { type: "url", name: "href", required: true, disabled: true });
  input.setAttribute("data-trix-input", "");
  input.setAttribute("aria-label", words.address);
  input.placeholder = "https://";
  // The link field must never travel with the form.
  input.setAttribute("form", "");
  const set = Object.assign(document.createElement("button"), { type: "button", className: "button button--quiet", textContent: words.link });
  set.setAttribute("data-trix-method", "setAttribute");
  const unset = Object.assign(document.createElement("button"), { type: "button", className: "button button--plain", textContent: words.unlink });
  unset.setAttribute("data-trix-method", "removeAttribute");
  // Trix itself turns the open dialog into a block, so the row inside it is ours.
  const line = document.createElement("div");
  line.className = "editor__link";
  line.append(input, set, unset);
  dialog.append(line);
  dialogs.append(dialog);
  row.append(dialogs);
  bar.append(row);
  // Trix marks the open dialog with data-trix-active; the dialog itself is shown and hidden by that mark.
  new MutationObserver(() => { dialog.hidden = !dialog.hasAttribute("data-trix-active"); }).observe(dialog, { attributes: true, attributeFilter: ["data-trix-active"] });
  return bar;
}

document.addEventListener("trix-before-initialize", () => {
  const { config } = window.Trix;
  const words = JSON.parse(document.querySelector('[data-module~="editor"]').dataset.words);
  Object.assign(config.blockAttributes.default, { tagName: "p", breakOnReturn: true });
  config.blockAttributes.heading1.tagName = "h2";
  Object.assign(config.lang, { bold: words.bold, italic: words.italic, captionPlaceholder: words.caption, remove: words.remove });
  config.attachments.preview.caption = { name: false, size: false };
});
// Files arrive through the photo page, where caption, alt text and credit are asked for.
document.addEventListener("trix-file-accept", (event) => event.preventDefault());

// What stands between paragraphs and is drawn by the server: the editor only carries its kind and its number or words.
const CONTENT = "application/vnd.rukun+html";

function offerPieces(bar, pieces, editor, words) {
  const opener = bar.querySelector("[data-pieces]");
  bar.after(pieces);
  const show = (open) => { pieces.hidden = !open; opener.setAttribute("aria-expanded", String(open)); };
  opener.addEventListener("click", () => show(pieces.hidden));
  const insert = (piece, kind, ...nodes) => {
    const content = document.createElement("div");
    const name = document.createElement("b");
    name.textContent = kind;
    content.append(name, " ", ...nodes);
    editor.editor.insertAttachment(new window.Trix.Attachment({ contentType: CONTENT, content: content.innerHTML, piece }));
    show(false);
    editor.focus();
  };
  pieces.addEventListener("click", (event) => {
    const kind = event.target.closest("[data-insert]")?.dataset.insert;
    if (kind === "pull") {
      const field = pieces.querySelector("[data-pull]");
      if (field.value.trim()) insert(`pull:${field.value.trim()}`, words.pull, `“${field.value.trim()}”`);
      field.value = "";
    } else if (kind === "read") {
      const field = pieces.querySelector("[data-read]");
      insert(`read:${field.value}`, words.read, field.selectedOptions[0].textContent);
    } else if (kind === "gallery") {
      const chosen = [...pieces.querySelectorAll("input[type=checkbox]:checked")];
      if (chosen.length) {
        insert(`gallery:${chosen.map((it) => it.value).join(",")}`, words.gallery, ...chosen.map((it) =>
          Object.assign(document.createElement("img"), { src: it.dataset.url, alt: "", width: 96, height: 64 })));
      }
      for (const it of chosen) it.checked = false;
    }
  });
}

function enhance(box) {
  const field = document.getElementById(box.dataset.field);
  const words = JSON.parse(box.dataset.words);
  const photos = box.querySelector(".editor__photos");
  const label = document.querySelector(`label[for="${field.id}"]`);
  const pieces = box.querySelector(".editor__pieces");
  const bar = toolbar(`${field.id}-tools`, words, photos !== null, pieces !== null);
  const source = document.createElement("input");
  source.type = "hidden";
  source.id = `${field.id}-source`;
  source.value = field.value;
  const editor = document.createElement("trix-editor");
  editor.setAttribute("toolbar", bar.id);
  editor.setAttribute("input", source.id);
  editor.setAttribute("aria-label", label.firstChild.textContent.trim());
  for (const name of ["aria-describedby", "aria-invalid"]) {
    if (field.hasAttribute(name)) editor.setAttribute(name, field.getAttribute(name));
  }
  field.before(source, bar, editor);
  field.hidden = true;
  label.addEventListener("click", () => editor.focus());

  editor.addEventListener("trix-change", () => {
    field.value = editor.value;
    field.dispatchEvent(new Event("input", { bubbles: true }));
  });
  field.form?.addEventListener("restored", () => { if (field.value !== editor.value) editor.editor.loadHTML(field.value); });

  if (pieces) offerPieces(bar, pieces, editor, words);
  field.addEventListener("photo", (event) => {
    const { url, width, height, id } = event.detail;
    editor.editor.insertAttachment(new window.Trix.Attachment({ contentType: "image", url, width, height, mediaId: String(id) }));
  });
  if (!photos) return;
  const opener = bar.querySelector("[data-photos]");
  bar.after(photos);
  opener.addEventListener("click", () => {
    photos.hidden = !photos.hidden;
    opener.setAttribute("aria-expanded", String(!photos.hidden));
  });
  photos.addEventListener("click", (event) => {
    const chosen = event.target.closest("[data-media]")?.dataset;
    if (!chosen) return;
    const attachment = new window.Trix.Attachment({
      contentType: "image", url: chosen.url, width: Number(chosen.width), height: Number(chosen.height), mediaId: chosen.media,
    });
    editor.editor.insertAttachment(attachment);
    photos.hidden = true;
    opener.setAttribute("aria-expanded", "false");
    editor.focus();
  });
}

const boxes = document.querySelectorAll('[data-module~="editor"]');
// At once, before other modules look at the field: what the editor starts from is what the field says.
for (const box of boxes) {
  if (box.dataset.html !== undefined) document.getElementById(box.dataset.field).value = box.dataset.html;
}
if (boxes.length) {
  load(boxes[0].dataset.script).then(() => boxes.forEach(enhance), () => { /* the textarea stays */ });
}
