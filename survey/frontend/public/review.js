// Keeps what somebody types into a form of the group as they type it, so that leaving the page loses nothing.
// Without this script the button "Keep for later" does the same.

const PAUSE = 1500; // milliseconds without a key

function keepTyped(form) {
  const status = form.querySelector("[data-app-typed-status]");
  const others = form.parentElement.querySelector("[data-app-typed-others]");
  let timer = 0;
  let isDirty = false;
  let isSent = false;
  let saving = null;

  const typed = () => {
    const fields = new FormData(form);
    fields.set("typed_by", "script");
    return fields;
  };

  const save = async () => {
    isDirty = false;
    try {
      const answer = await fetch(form.dataset.appTyped, { method: "POST", body: typed() });
      if (!answer.ok) {
        throw new Error(answer.statusText);
      }
      const kept = await answer.json();
      status.textContent = kept.saved;
      if (others.innerHTML.trim() !== kept.others.trim()) {
        others.innerHTML = kept.others;
      }
    } catch {
      isDirty = true;
      status.textContent = form.dataset.appTypedFailed;
    }
  };

  const leave = () => {
    clearTimeout(timer);
    if (isDirty && !isSent && navigator.sendBeacon(form.dataset.appTyped, typed())) {
      isDirty = false;
    }
  };

  for (const event of ["input", "change"]) {
    form.addEventListener(event, () => {
      isDirty = true;
      clearTimeout(timer);
      timer = setTimeout(() => (saving = save()), PAUSE);
    });
  }

  // What is being saved arrives before what is sent, or it would be kept for ever.
  form.addEventListener("submit", async (event) => {
    clearTimeout(timer);
    isSent = true;
    if (saving) {
      event.preventDefault();
      await saving;
      saving = null;
      form.requestSubmit(event.submitter);
    }
  });

  document.addEventListener("visibilitychange", () => document.visibilityState === "hidden" && leave());
  window.addEventListener("pagehide", leave);
  window.addEventListener("pageshow", () => (isSent = false));
}

document.querySelectorAll("form[data-app-typed]").forEach(keepTyped);
