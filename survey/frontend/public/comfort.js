// The settings page shows at once what is chosen on it; without this, pages show it once it is saved.
const root = document.documentElement;
const radios = [...document.querySelectorAll('input[type="radio"][name^="looks-"]')];

function show() {
  for (const { value, checked } of radios) {
    root.classList.toggle(`app-${value}`, checked);
  }
  const theme = radios.find(({ checked, dataset }) => checked && dataset.appSheets);
  const wanted = theme ? JSON.parse(theme.dataset.appSheets) : [];
  const there = [...document.querySelectorAll("link[data-app-theme]")];
  if (JSON.stringify(wanted) === JSON.stringify(there.map((link) => [link.getAttribute("href"), link.media]))) {
    return;
  }
  there.forEach((link) => link.remove());
  for (const [href, media] of wanted) {
    document.head.append(Object.assign(document.createElement("link"), { rel: "stylesheet", href, media }));
    document.head.lastElementChild.dataset.appTheme = "";
  }
}

document.addEventListener("change", show);
window.addEventListener("pageshow", show); // some browsers put back what was chosen before
