// Closes an unfolded menu at Esc or a press elsewhere: any <details class="person"> or the staff menu.
const menus = document.querySelectorAll("details.person, details.staff-nav__fold");
document.addEventListener("click", (event) => {
  menus.forEach((menu) => { if (menu.open && !menu.contains(event.target)) menu.open = false; });
});
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape") menus.forEach((menu) => { if (menu.open) { menu.open = false; menu.querySelector("summary").focus(); } });
});
