/** What every page gets: polite menus, toasts with a clock, focus on what went wrong. */

import { closeMenusPolitely } from "./menu.js";
import { keepTime } from "./toast.js";

closeMenusPolitely();
for (const toast of document.querySelectorAll("[data-toast]")) keepTime(toast);
document.querySelector(".error-summary")?.focus();
