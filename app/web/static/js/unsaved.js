// Asks before a form with unsent changes is left: <form data-module="unsaved">. A form that came back with errors counts.
for (const form of document.querySelectorAll('form[data-module~="unsaved"]')) {
  let touched = form.querySelector("[aria-invalid]") !== null;
  form.addEventListener("input", () => { touched = true; });
  form.addEventListener("submit", () => { touched = false; });
  addEventListener("beforeunload", (event) => { if (touched) event.preventDefault(); });
}
