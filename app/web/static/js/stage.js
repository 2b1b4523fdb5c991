// Keeps a projector page as it is now: an element with an id, data-module="stage" and data-url asks for its own page
// again and again and takes over its inside when it has changed. An unchanged answer (304) costs almost nothing.
// The page is the same for everyone, so it is asked for without cookies. data-every: seconds, 5 unless told.
for (const box of document.querySelectorAll('[data-module~="stage"]')) {
  const every = Number(box.dataset.every ?? 5) * 1000;
  let tag = "";
  let failures = 0;

  async function ask() {
    try {
      const answer = await fetch(box.dataset.url, { headers: tag ? { "If-None-Match": tag } : {}, cache: "no-store", credentials: "omit" });
      if (answer.status === 200) {
        tag = answer.headers.get("ETag") ?? "";
        const page = new DOMParser().parseFromString(await answer.text(), "text/html");
        const fresh = page.getElementById(box.id);
        if (fresh && fresh.innerHTML !== box.innerHTML) box.replaceChildren(...fresh.childNodes);
      }
      failures = 0;
    } catch { failures += 1; }
    setTimeout(ask, every * Math.min(2 ** failures, 10));
  }

  setTimeout(ask, every);
}
