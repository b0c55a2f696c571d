// Leaving at once: what is on the page vanishes before the other website is there, and "Back" does not lead here again.
// The link does the same without this, only slower.
const MILLISECONDS = 5000; // in which Escape is pressed three times
const link = document.querySelector("[data-app-leave]");
const status = document.querySelector("[data-app-leave-status]");
let presses = 0;
let waiting;
let hasLeft = false;

function leave() {
  hasLeft = true;
  document.documentElement.hidden = true;
  document.title = "";
  location.replace(link.href);
}

function startAgain() {
  presses = 0;
  status.textContent = "";
}

link.addEventListener("click", (event) => {
  event.preventDefault();
  leave();
});
document.addEventListener("keydown", ({ key, repeat, isComposing }) => {
  if (key !== "Escape" || repeat || isComposing) {
    return;
  }
  presses += 1;
  clearTimeout(waiting);
  if (presses === 3) {
    leave();
    return;
  }
  status.textContent = status.getAttribute(`data-more-${3 - presses}`);
  waiting = setTimeout(startAgain, MILLISECONDS);
});
// A browser that kept the page in its memory must not show it again.
window.addEventListener("pageshow", ({ persisted }) => persisted && hasLeft && leave());
document.querySelector("[data-app-leave-keys]").hidden = false;
