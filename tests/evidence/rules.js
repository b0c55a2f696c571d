// What axe does not see (DOMAIN.md, "Accessibility"): rules that give the elements which break them, and what is counted.
// An expression: a function of what is expected on this page, for tests/evidence/looking.py.
(expected) => {
  // All is measured from the top of the page: an error that has the focus has scrolled it.
  const toTop = () => scrollTo({ top: 0, left: 0, behavior: "instant" });
  toTop();

  const all = (selector, root = document) => [...root.querySelectorAll(selector)];
  const isForced = matchMedia("(forced-colors: active)").matches;

  const clipsToNothing = (element) => {
    const { position, clip, clipPath } = getComputedStyle(element);
    const box = element.getBoundingClientRect();
    return position === "absolute" && (clip !== "auto" || clipPath !== "none") && box.width <= 2 && box.height <= 2;
  };
  const ancestors = (element) => {
    const found = [];
    for (let each = element; each && each !== document.body; each = each.parentElement) {
      found.push(each);
    }
    return found;
  };
  const isSeen = (element) =>
    element.checkVisibility({ visibilityProperty: true, opacityProperty: true }) &&
    !ancestors(element).some(clipsToNothing);

  // Every piece of text that is seen, with the boxes of its lines.
  const pieces = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const node = walker.currentNode;
    const element = node.parentElement;
    if (!node.data.trim() || element.closest("script, noscript, style, option, textarea, svg, video, audio")) {
      continue;
    }
    if (isSeen(element)) {
      const range = document.createRange();
      range.selectNodeContents(node);
      const lines = [...range.getClientRects()].filter((line) => line.width > 1 && line.height > 1);
      pieces.push({ node, element, lines });
    }
  }

  const isOutside = (line, box, by) =>
    line.left < box.left - by || line.right > box.right + by || line.top < box.top - by || line.bottom > box.bottom + by;
  // A line's box is as high as its font wants, and reaches over its neighbours without touching their letters.
  const core = ({ left, right, top, bottom, height }) => ({
    left: left + 1, right: right - 1, top: top + height * 0.3, bottom: bottom - height * 0.3,
  });
  const meet = (one, other) =>
    one.left < other.right && other.left < one.right && one.top < other.bottom && other.top < one.bottom;

  const controls = all(
    "a[href], button, input:not([type=hidden]), select, textarea, summary, audio[controls], video[controls], [tabindex='0']",
  ).filter((control) => !control.disabled && control.checkVisibility({ visibilityProperty: true }));

  const LOOK = isForced
    ? ["outlineStyle", "outlineWidth", "borderTopWidth", "borderBottomWidth"]
    : ["outlineStyle", "outlineWidth", "outlineColor", "boxShadow", "backgroundColor", "borderTopWidth", "borderTopColor",
       "borderBottomWidth"];
  const look = (control) =>
    JSON.stringify(
      [control, ...(control.labels ?? [])].flatMap((part) =>
        [null, "::before", "::after"].map((pseudo) => {
          const style = getComputedStyle(part, pseudo);
          return LOOK.map((property) => style[property]);
        }),
      ),
    );
  const focusUnseen = [];
  const focusHidden = [];
  const before = document.activeElement;
  for (const control of controls) {
    document.activeElement?.blur();
    const resting = look(control);
    control.focus({ focusVisible: true });
    // A player's own controls draw their ring inside, where no page can look.
    if (!control.matches("audio, video") && look(control) === resting) {
      focusUnseen.push(control);
    }
    const box = control.getBoundingClientRect();
    const x = (Math.max(box.left, 0) + Math.min(box.right, innerWidth)) / 2;
    const y = (Math.max(box.top, 0) + Math.min(box.bottom, innerHeight)) / 2;
    const top = document.elementFromPoint(x, y);
    const parts = [control, ...(control.labels ?? [])];
    if (!top || !parts.some((part) => part.contains(top) || top.contains(part))) {
      focusHidden.push(control);
    }
  }
  document.activeElement?.blur();
  before?.focus?.({ preventScroll: true });
  toTop();

  const reach = (control) => {
    const boxes = [control, ...(control.labels ?? [])].map((part) => part.getBoundingClientRect());
    return {
      width: Math.max(...boxes.map((box) => box.right)) - Math.min(...boxes.map((box) => box.left)),
      height: Math.max(...boxes.map((box) => box.bottom)) - Math.min(...boxes.map((box) => box.top)),
    };
  };
  // A link inside a sentence is as high as its line (WCAG 2.5.8 leaves it out).
  const isInSentence = (link) => {
    const sentence = link.parentElement.closest("p, li, dd, td, h1, h2, h3, figcaption, div, body");
    return link.matches("a") && getComputedStyle(link).display === "inline" &&
      sentence.textContent.trim().length > link.textContent.trim().length;
  };
  const targets = controls.filter((control) => isSeen(control) || control.labels?.length).filter((each) => !isInSentence(each));
  const sizes = targets.map((target) => ({ target, ...reach(target) })).filter(({ width }) => width > 2);

  const fields = all("main input[name^=answer-]:not([type=hidden]), main select[name^=answer-], main textarea[name^=answer-]");
  const heading = document.querySelector("h1");
  const isHeadingOfFields =
    heading?.closest("legend, label") ||
    heading?.querySelector("label") ||
    fields.every((field) => field.closest(`[role=group][aria-labelledby~="${heading?.id}"]`));
  const messages = all(".nhsuk-error-message:not([aria-hidden])");
  const seenIds = new Set();
  const latin = /([A-Za-z]{2,}[\s,]+){2,}[A-Za-z]{2,}/;
  const languageOf = (element) => element.closest("[lang]")?.lang ?? "";
  const help = all("footer a").map((link) => link.getAttribute("href"));

  const broken = {
    "the question is the heading of its fields": expected.isQuestion && !isHeadingOfFields ? [heading] : [],
    "words are not cut off": pieces
      .filter(({ element, lines }) =>
        ancestors(element).some((each) => {
          const { overflowX, overflowY } = getComputedStyle(each);
          const clips = [overflowX, overflowY].some((way) => ["hidden", "clip"].includes(way));
          return clips && lines.some((line) => isOutside(core(line), each.getBoundingClientRect(), 1));
        }),
      )
      .map(({ element }) => element),
    "words do not lie over other words": pieces
      .filter((one, place) =>
        pieces
          .slice(place + 1)
          .some((other) => one.lines.some((line) => other.lines.some((next) => meet(core(line), core(next))))),
      )
      .map(({ element }) => element),
    "words stay inside their button": pieces
      .filter(({ element, lines }) => {
        const button = element.closest("button, .nhsuk-button");
        return button && lines.some((line) => isOutside(core(line), button.getBoundingClientRect(), 1));
      })
      .map(({ element }) => element),
    "words stay on the page": pieces
      .filter(({ element, lines }) => {
        const scrolls = ancestors(element).some((each) => ["auto", "scroll"].includes(getComputedStyle(each).overflowX));
        return !scrolls && lines.some((line) => line.left < -1 || line.right > innerWidth + 1);
      })
      .map(({ element }) => element),
    "where the focus is can be seen": focusUnseen,
    "what has the focus lies under nothing": focusHidden,
    "targets are at least 24 pixels high and wide, those of links too": sizes
      .filter(({ width, height }) => width < 24 || height < 23.5)
      .map(({ target }) => target),
    "no page runs out of time": all("meta[http-equiv=refresh i]"),
    "help is the first link at the foot": expected.isSurvey && help[0] !== "/help" ? [document.body] : [],
    "languages are named in themselves": all("[name=switch], a[hreflang]").filter((each) => !each.lang),
    "English words on a page in another script say that they are English": !expected.isLatin
      ? pieces
          .filter(({ node, element }) =>
            latin.test(node.data) && !/[^\u0000-\u024f\u2000-\u206f]/.test(node.data) && languageOf(element) === expected.language)
          .map(({ element }) => element)
      : [],
    "nothing plays or moves by itself": [
      ...all("audio, video").filter((media) => media.autoplay || !media.paused),
      ...document.getAnimations().filter((each) => each.playState === "running").map(() => document.body),
    ],
    "a film has captions, and its words beside it": all("video").filter(
      (film) =>
        !film.querySelector("track[kind=captions][src][srclang]") ||
        !film.closest("figure")?.querySelector("details")?.textContent.trim(),
    ),
    "an id is used once": all("[id]").filter(({ id }) => seenIds.has(id) || !seenIds.add(id)),
    "a page with errors has its summary, and begins with it in the title":
      (expected.isError && (!document.querySelector(".nhsuk-error-summary a") || !document.title.startsWith(expected.error))) ||
      (!expected.isError && messages.length > 0)
        ? [document.querySelector("title")]
        : [],
    "nothing needs a mouse": all("[draggable=true], [onclick], [ondblclick], [onmouseover]"),
  };
  return {
    broken: Object.fromEntries(
      Object.entries(broken)
        .map(([rule, elements]) => [rule, elements.map((element) => element?.outerHTML.slice(0, 160) ?? "")])
    ),
    targets: sizes.length,
    small: sizes.filter(({ width, height }) => width < 43.5 || height < 43.5).length,
  };
}
