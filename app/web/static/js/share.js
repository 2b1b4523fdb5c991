// Copies a ready text and offers the phone's own share sheet. Hung on data-module="share"; the buttons stay
// hidden where the browser cannot do it, the text can always be marked by hand.
const answer = (box, text) => { box.querySelector("[role=status]").textContent = text; };

async function copy(box, source) {
  try {
    await navigator.clipboard.writeText(source.value);
    answer(box, box.dataset.done);
  } catch {
    source.focus();
    source.select();
    // Plain http has no clipboard; the older command still copies a selection there.
    answer(box, document.execCommand("copy") ? box.dataset.done : box.dataset.failed);
  }
}

for (const box of document.querySelectorAll('[data-module~="share"]')) {
  for (const button of box.querySelectorAll("[data-copy]")) {
    button.hidden = false;
    button.addEventListener("click", () => copy(box, document.getElementById(button.dataset.copy)));
  }
  if (!navigator.share) continue;
  for (const button of box.querySelectorAll("[data-share]")) {
    button.hidden = false;
    button.addEventListener("click", async () => {
      const url = new URL(button.dataset.share, location.href).href;
      try {
        await navigator.share({ title: button.dataset.title, url });
      } catch (error) {
        if (error.name !== "AbortError") answer(box, box.dataset.failed);
      }
    });
  }
}
