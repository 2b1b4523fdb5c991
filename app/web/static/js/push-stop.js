// Ending a subscription of this device: the browser forgets it too.
const form = document.querySelector('[data-module~="push-stop"] form');

form.addEventListener("submit", async (event) => {
  event.preventDefault();
  try {
    localStorage.removeItem("rukun-langganan");
    const { pushManager } = await navigator.serviceWorker.getRegistration("/") ?? {};
    await (await pushManager?.getSubscription())?.unsubscribe();
  } finally {
    form.submit();
  }
});
