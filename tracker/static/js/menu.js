/** Menus are <details>: they open without this. Here they close on Escape, on a click elsewhere and when another opens. */

function close(menu, { focus = false } = {}) {
  menu.open = false;
  if (focus) menu.querySelector("summary").focus();
}

export function closeMenusPolitely(root = document) {
  const menus = () => root.querySelectorAll("details.menu[open]");
  root.addEventListener("click", (event) => {
    for (const menu of menus()) if (!menu.contains(event.target)) close(menu);
  });
  root.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    for (const menu of menus()) close(menu, { focus: menu.contains(document.activeElement) });
  });
  root.addEventListener("focusin", (event) => {
    for (const menu of menus()) if (!menu.contains(event.target)) close(menu);
  });
}
