// Makes pages more comfortable where JavaScript runs; every page works without it.
// The library is asked for with this file's own version: browsers keep both for a year.
const library = import(`./nhsuk-frontend.min.js${new URL(import.meta.url).search}`);

document.body.classList.add("js-enabled", "nhsuk-frontend-supported");
library.then(({ Button, Checkboxes, ErrorSummary, SkipLink, createAll }) => {
  for (const component of [Button, Checkboxes, ErrorSummary, SkipLink]) {
    createAll(component);
  }
});

// A text box shows with its radio button. The library's own script does this too, but gives radio buttons aria-expanded,
// which they may not have (ARIA 1.2) and axe reports; the box follows its button, so readers come to it anyway.
function openTextBoxes() {
  const radios = [...document.querySelectorAll('input[type="radio"][data-aria-controls]')];
  const sync = () => {
    for (const radio of radios) {
      const box = document.getElementById(radio.dataset.ariaControls);
      box.classList.toggle("nhsuk-radios__conditional--hidden", !radio.checked);
    }
  };
  if (radios.length > 0) {
    document.addEventListener("change", sync);
    window.addEventListener("pageshow", sync); // some browsers put back the choice after the page is parsed
    sync();
  }
}

// On each new page of the survey reading begins at what is new: a problem (the error summary takes the focus itself),
// a notice, or the question.
function focusWhatIsNew() {
  if (location.hash || document.querySelector(".nhsuk-error-summary") || !location.pathname.startsWith("/survey/")) {
    return;
  }
  const target = document.querySelector(".app-notice") ?? document.querySelector("main h1");
  if (target) {
    target.tabIndex = -1;
    target.focus({ preventScroll: true });
  }
}

function bringCodeTools() {
  for (const tools of document.querySelectorAll("[data-app-code-tools]")) {
    const status = tools.querySelector("[data-app-status]");
    const copy = tools.querySelector("[data-app-copy]");
    tools.querySelector("[data-app-print]").addEventListener("click", () => window.print());
    if (navigator.clipboard) {
      copy.addEventListener("click", async () => {
        await navigator.clipboard.writeText(document.getElementById(copy.dataset.appCopy).textContent);
        status.textContent = copy.dataset.appCopied;
      });
    } else {
      copy.hidden = true; // without https a page may not write to the clipboard
    }
    tools.hidden = false;
  }
}

openTextBoxes();
focusWhatIsNew();
bringCodeTools();
