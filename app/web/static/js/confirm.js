// Makes an unfolded confirmation easy to leave (Esc) and hard to send twice: <details data-module="confirm">.
for (const box of document.querySelectorAll('[data-module~="confirm"]')) {
  box.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !box.open) return;
    box.open = false;
    box.querySelector("summary").focus();
  });
  box.querySelector("form")?.addEventListener("submit", (event) => {
    if (box.dataset.sent) event.preventDefault();
    box.dataset.sent = "yes";
  });
}
addEventListener("pageshow", () => {
  for (const box of document.querySelectorAll("[data-sent]")) delete box.dataset.sent;
});
