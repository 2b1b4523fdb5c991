// Adds, removes and moves the rows of a field list without asking the server: <fieldset data-module="rows" data-name="items">.
// The names are numbered as WTForms does (items-0-title), so the order on the page is the order that is sent.
const renumber = (text, list, index) => text.replace(new RegExp(`^${list}-\\d+`), `${list}-${index}`);

function number(list, rows) {
  rows.forEach((row, index) => {
    row.dataset.row = `${list}-${index}`;
    row.querySelectorAll("[data-number]").forEach((mark) => { mark.textContent = String(index + 1); });
    for (const part of row.querySelectorAll("[id], [name], [for], [aria-describedby], button[value]")) {
      for (const attribute of ["id", "name", "for", "value"]) {
        if (attribute === "value" && part.tagName !== "BUTTON") continue;
        const text = part.getAttribute(attribute);
        if (text) part.setAttribute(attribute, renumber(text, list, index));
      }
      const about = part.getAttribute("aria-describedby");
      if (about) part.setAttribute("aria-describedby", about.split(" ").map((id) => renumber(id, list, index)).join(" "));
    }
  });
}

function emptied(row) {
  const copy = row.cloneNode(true);
  copy.querySelectorAll(".field__error").forEach((error) => error.remove());
  copy.querySelectorAll("details").forEach((fold) => { fold.open = true; });
  copy.querySelectorAll(".field--bad").forEach((field) => field.classList.remove("field--bad"));
  for (const field of copy.querySelectorAll("input, select, textarea")) {
    field.removeAttribute("aria-invalid");
    if (["checkbox", "radio"].includes(field.type)) field.checked = false;
    else if (field.tagName === "SELECT") field.selectedIndex = 0;
    else { field.value = ""; field.removeAttribute("value"); field.textContent = ""; }
  }
  return copy;
}

// One listener for the page: rows that are drawn later are served as well.
document.addEventListener("click", (event) => {
  const button = event.target.closest("button[name]");
  const box = button?.closest('[data-module~="rows"]');
  if (!box || !["tambah", "hapus", "naik", "turun"].includes(button.name)) return;
  const list = box.dataset.name;
  const body = box.querySelector("ol");
  const rows = () => [...body.children];
  const row = button.closest("[data-row]");
  if (button.name === "tambah") {
    if (!rows().length) return; // the server makes the first row
    body.append(emptied(rows().at(-1)));
  } else if (button.name === "hapus") {
    if (rows().length === 1) row.replaceWith(emptied(row)); else row.remove();
  } else if (button.name === "naik") {
    row.previousElementSibling?.before(row);
  } else {
    row.nextElementSibling?.after(row);
  }
  event.preventDefault();
  number(list, rows());
  if (button.name === "tambah") rows().at(-1).querySelector("input:not([type=hidden]), select, textarea")?.focus();
  else if (button.isConnected) button.focus();
  else (rows()[0]?.querySelector("input:not([type=hidden]), select, textarea"))?.focus();
  box.dispatchEvent(new Event("input", { bubbles: true }));
});
