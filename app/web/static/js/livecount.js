// Keeps numbers fresh: an element with data-module="livecount" and data-url asks for JSON again and again; inside it
// every data-live="ways.onsite" gets the value under that name. An unchanged answer (304) costs almost nothing;
// a page nobody looks at does not ask. data-every: seconds, 10 unless told.
const at = (value, name) => name.split(".").reduce((inner, key) => inner?.[key], value);
const numbers = new Intl.NumberFormat(document.documentElement.lang === "en" ? "en-GB" : "id-ID");

for (const box of document.querySelectorAll('[data-module~="livecount"]')) {
  const every = Number(box.dataset.every ?? 10) * 1000;
  let tag = "";
  let failures = 0;

  async function ask() {
    if (document.visibilityState === "visible") {
      try {
        const answer = await fetch(box.dataset.url, { headers: tag ? { "If-None-Match": tag } : {}, cache: "no-store" });
        if (answer.status === 200) {
          tag = answer.headers.get("ETag") ?? "";
          const value = await answer.json();
          for (const place of box.querySelectorAll("[data-live]")) {
            const fresh = at(value, place.dataset.live);
            if (fresh === undefined || fresh === null) continue;
            const text = typeof fresh === "number" ? numbers.format(fresh) : String(fresh);
            if (place.textContent !== text) place.textContent = text;
          }
          draw(value.ways);
        }
        failures = 0;
      } catch { failures += 1; }
    }
    setTimeout(ask, every * Math.min(2 ** failures, 12));
  }

  function draw(ways) {
    const bar = box.querySelector(".ways__bar");
    const keys = [...box.querySelectorAll("[data-live^='ways.']")].map((place) => place.dataset.live.slice(5));
    if (!bar || !ways || !keys.length) return;
    const total = keys.reduce((sum, key) => sum + (ways[key] ?? 0), 0);
    let x = 0;
    keys.forEach((key, index) => {
      const part = bar.querySelector(`.ways__${index + 1}`);
      if (!part || !total) return;
      const width = (ways[key] ?? 0) * 1000 / total;
      part.setAttribute("x", x.toFixed(1));
      part.setAttribute("width", width.toFixed(1));
      x += width;
    });
  }

  setTimeout(ask, every);
}
