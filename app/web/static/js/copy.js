// A small button that copies one value: <button data-module="copy" data-text="…" data-done="Disalin." hidden>.
for (const button of document.querySelectorAll('[data-module~="copy"]')) {
  if (!navigator.clipboard) continue;
  button.hidden = false;
  const said = document.createElement("span");
  said.setAttribute("role", "status");
  said.className = "small quiet";
  button.after(said);
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(button.dataset.text);
    said.textContent = button.dataset.done;
  });
}
