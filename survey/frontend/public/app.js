// Brings the NHS.UK components to life where JavaScript runs; every page works without it.
import { initAll } from "./nhsuk-frontend.min.js";

document.body.classList.add("js-enabled", "nhsuk-frontend-supported");
initAll();
