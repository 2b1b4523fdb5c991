// Reckons the hours of a programme while it is written: <div data-module="times" data-start="id of the start field">
// around a field list whose rows have title, minutes and start. The server reckons the same; this only shows it sooner.
const DAY = 1440;

for (const box of document.querySelectorAll('[data-module~="times"]')) {
  const first = document.getElementById(box.dataset.start);
  const mark = document.documentElement.lang === "en" ? ":" : ".";
  const clock = (minutes) => {
    const day = ((minutes % DAY) + DAY) % DAY;
    return `${String(Math.floor(day / 60)).padStart(2, "0")}${mark}${String(day % 60).padStart(2, "0")}`;
  };
  const read = (text) => {
    const found = /(\d{2}):(\d{2})/.exec(text ?? "");
    return found ? Number(found[1]) * 60 + Number(found[2]) : null;
  };

  const value = (row, name) => (row.querySelector(`[name$="-${name}"]`)?.value ?? "").trim();

  function reckon() {
    const start = read(first?.value);
    let before = start;
    let cursor = start;
    for (const row of box.querySelectorAll("[data-row]")) {
      const fold = row.querySelector("[data-fold]");
      const chosen = row.querySelector('[name$="-faith"]')?.selectedOptions[0];
      const words = [value(row, "title"), chosen?.value ? chosen.text : "", value(row, "leader_name")].filter(Boolean);
      if (fold) fold.textContent = words.join(" – ") || fold.dataset.empty;
      const note = row.querySelector("[data-note]");
      if (!note) continue;
      if (start === null || !value(row, "title")) { note.textContent = ""; continue; }
      const given = read(value(row, "start"));
      let at = cursor;
      if (given !== null) {
        at = before + ((((given - before) % DAY) + DAY) % DAY);
        if (at - before > DAY / 2) at -= DAY; // before the line above: the server says so when it is sent
      }
      const end = at + (Number.parseInt(value(row, "minutes"), 10) || 0);
      const hours = at === end ? clock(at) : `${clock(at)}–${clock(end)}`;
      note.textContent = given !== null && at < cursor ? (box.dataset.overlap ?? "{hours}").replace("{hours}", hours) : hours;
      before = at;
      cursor = end;
    }
  }

  box.addEventListener("input", reckon);
  first?.addEventListener("input", reckon);
  first?.addEventListener("change", reckon);
}
