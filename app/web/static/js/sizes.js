// Shows how far the sizes of a photo have come: <div data-module="sizes" data-url="…">. The page itself says it too.
for (const box of document.querySelectorAll('[data-module~="sizes"]')) {
  const line = box.querySelector("p");
  const bar = box.querySelector("progress");
  let wait = 1000;
  async function ask() {
    try {
      const told = await (await fetch(box.dataset.url, { credentials: "same-origin" })).json();
      line.textContent = told.text;
      bar.value = told.made;
      if (told.made >= told.wanted) return;
    } catch { /* no network: ask again later */ }
    wait = Math.min(wait * 1.500, 15000);
    setTimeout(ask, wait);
  }
  if (box.dataset.done !== "yes") setTimeout(ask, wait);
}
