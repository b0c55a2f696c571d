// For people who listen or watch: the browser's voice reads a question where there is no recording, or a whole page to those
// who chose it, and a film shows its captions. Loaded only on such pages. Nothing plays by itself.

const READ = "legend, label, .nhsuk-hint, .app-options-heading, .nhsuk-radios__divider, .nhsuk-checkboxes__divider, .app-read";
// Of a whole page everything is read, but not how its looks are changed.
const READ_OF_PAGE = `${READ}, h1, h2, h3, h4, p, li, dt, dd, th, td, caption, figcaption, summary`;
const NOT_READ = ".nhsuk-u-visually-hidden, .app-language-panel, [data-app-no-voice], [data-app-listen]";
const voices = window.speechSynthesis;

// The words of a question or a page, in the order they stand, each with the language it is in.
function piecesOf(question, read) {
  const pieces = [];
  const walker = document.createTreeWalker(question, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const { parentElement: around, textContent } = walker.currentNode;
    const text = textContent.trim().replace(/\s+/g, " ");
    if (!text || !around.closest(read) || !around.checkVisibility() || around.closest(NOT_READ)) {
      continue;
    }
    const block = around.closest(read);
    const lang = around.closest("[lang]").lang;
    const last = pieces.at(-1);
    if (last?.block === block && last.lang === lang) {
      last.text += ` ${text}`;
    } else {
      pieces.push({ block, lang, text });
    }
  }
  return pieces;
}

function voiceFor(lang) {
  const language = lang.split("-")[0].toLowerCase();
  const fitting = voices.getVoices().filter((voice) => voice.lang.split(/[-_]/)[0].toLowerCase() === language);
  return fitting.find((voice) => /^en[-_]gb$/i.test(voice.lang)) ?? fitting[0];
}

function bringVoice(tools) {
  const start = tools.querySelector("[data-app-listen-start]");
  const stop = tools.querySelector("[data-app-listen-stop]");
  const show = (isReading) => {
    const hadFocus = document.activeElement === start || document.activeElement === stop;
    start.hidden = isReading;
    stop.hidden = !isReading;
    if (hadFocus) {
      (isReading ? stop : start).focus();
    }
  };
  start.addEventListener("click", () => {
    voices.cancel();
    const isWholePage = tools.dataset.appListen === "page";
    const what = isWholePage ? document.querySelector("main") : tools.nextElementSibling;
    const spoken = piecesOf(what, isWholePage ? READ_OF_PAGE : READ).map(({ lang, text }) => {
      const utterance = new SpeechSynthesisUtterance(text);
      utterance.lang = lang.split("-x-")[0];
      utterance.voice = voiceFor(lang) ?? null;
      return utterance;
    });
    if (spoken.length === 0) {
      return;
    }
    show(true);
    spoken.at(-1).addEventListener("end", () => show(false));
    for (const utterance of spoken) {
      utterance.addEventListener("error", () => show(false));
      voices.speak(utterance);
    }
  });
  stop.addEventListener("click", () => {
    voices.cancel();
    show(false);
  });
  tools.hidden = false;
  tools.previousElementSibling.hidden = true; // which says that there is no voice
}

// Some browsers know their voices only after a while.
function offerVoice() {
  if (voiceFor(document.documentElement.lang)) {
    document.querySelectorAll("[data-app-listen][hidden]").forEach(bringVoice);
  }
}

if (voices) {
  offerVoice();
  voices.addEventListener?.("voiceschanged", offerVoice);
  window.addEventListener("pagehide", () => voices.cancel());
}

// Captions are fetched with the film, when somebody plays it, and not before.
for (const film of document.querySelectorAll("video")) {
  const show = () => [...film.textTracks].forEach((track) => (track.mode = "showing"));
  film.addEventListener("play", show, { once: true });
}
