// Makes pages more comfortable where JavaScript runs; every page works without it.
// The library is asked for with this file's own version: browsers keep both for a year.
const library = import(`./nhsuk-frontend.min.js${new URL(import.meta.url).search}`);

document.body.classList.add("js-enabled", "nhsuk-frontend-supported");
library.then(({ Button, CharacterCount, Checkboxes, ErrorSummary, SkipLink, createAll }) => {
  for (const component of [Button, Checkboxes, ErrorSummary, SkipLink]) {
    createAll(component);
  }
  // As the server counts: composed, by code point, without the spaces round it.
  createAll(CharacterCount, { countFunction: (text) => [...text.normalize("NFC").trim()].length });
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

// An answer that is typed and "I don't know" beside it put each other out; whoever looks away is not asked about it.
// Who takes the tick away again has back what was typed.
function keepPartsApart() {
  for (const field of document.querySelectorAll("[data-app-parts]")) {
    const boxes = [...field.querySelectorAll(`input[name="${field.dataset.appParts}"]`)];
    const parts = [...field.querySelectorAll("input, select")].filter((part) => !boxes.includes(part));
    let typed = null;
    field.addEventListener("change", ({ target }) => {
      if (boxes.includes(target) && target.checked) {
        typed ??= parts.map((part) => part.value);
        for (const part of parts) {
          part.value = "";
        }
      } else if (boxes.includes(target) && typed && !boxes.some((box) => box.checked)) {
        parts.forEach((part, place) => (part.value = typed[place]));
        typed = null;
      } else if (parts.includes(target) && target.value) {
        typed = null;
        for (const box of boxes) {
          box.checked = false;
        }
      }
      field.dispatchEvent(new Event("app:changed"));
    });
  }
}

// "Move up" and "Move down" without a new page: the places change, and a screen reader hears the new one.
function moveInPlace() {
  for (const rank of document.querySelectorAll("[data-app-rank]")) {
    const field = rank.closest("[data-app-parts]");
    const status = field.querySelector("[data-app-status]");
    const selects = [...rank.querySelectorAll("select")];
    const showButtons = () => {
      for (const select of selects) {
        for (const button of select.parentElement.querySelectorAll("button")) {
          button.hidden = select.value === "";
        }
      }
    };
    rank.addEventListener("click", (event) => {
      const button = event.target.closest("[data-app-move]");
      if (!button) {
        return;
      }
      event.preventDefault();
      const order = selects.filter((select) => select.value).sort((one, other) => one.value - other.value);
      const own = button.parentElement.querySelector("select");
      const [from, to] = [order.indexOf(own), order.indexOf(own) + Number(button.dataset.appMove)];
      if (to in order) {
        [order[from], order[to]] = [order[to], order[from]];
      }
      order.forEach((select, place) => (select.selectedIndex = Math.min(place + 1, select.options.length - 1)));
      status.textContent = `${own.labels[0].textContent.trim()}: ${own.selectedOptions[0].text}`;
    });
    field.addEventListener("app:changed", showButtons);
    window.addEventListener("pageshow", showButtons);
  }
}

// A postcode that is typed now takes the place of the area that was chosen before.
function preferPostcode() {
  for (const box of document.querySelectorAll("[data-app-postcode]")) {
    const select = document.getElementById(box.dataset.appPostcode);
    box.addEventListener("change", () => (select.value = box.value.trim() ? "" : select.value));
    select.addEventListener("change", () => (box.value = select.value ? "" : box.value));
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
keepPartsApart();
moveInPlace();
preferPostcode();
focusWhatIsNew();
bringCodeTools();
