(script, wasm, pieces) => {
  // What is typed before the page hears it is done as soon as it does: a letter that is a command, and Ctrl or Cmd with K.
  const early = [];
  const keep = (event) => {
    const opens = event.ctrlKey !== event.metaKey && event.key.toLowerCase() === "k";
    const typed = event.target.closest?.("input, textarea, select, [contenteditable]");
    if (event.altKey || event.isComposing || event.repeat) return;
    if (opens && document.querySelector(".app-frame")) event.preventDefault();
    else if (typed || event.ctrlKey || event.metaKey || !/^\S$/u.test(event.key)) return;
    early.push([event, event.defaultPrevented]);
  };
  addEventListener("keydown", keep);
  new MutationObserver((_, observer) => {
    observer.disconnect();
    removeEventListener("keydown", keep);
    for (const [{ key, ctrlKey, metaKey, shiftKey, defaultPrevented }, wasPrevented] of early) {
      // Heard by a page that was half awake.
      if (defaultPrevented !== wasPrevented) continue;
      const again = { key, ctrlKey, metaKey, shiftKey, bubbles: true, cancelable: true };
      (document.activeElement ?? document.body).dispatchEvent(new KeyboardEvent("keydown", again));
    }
  }).observe(document.documentElement, { attributeFilter: ["data-hydrated"] });
  // What is seen first comes first: the code asks for the line only when the page has been painted.
  const painted = document.hidden
    ? Promise.resolve()
    : new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
  painted
    .then(() => {
      for (const href of [wasm, ...pieces]) {
        const link = Object.assign(document.createElement("link"), { rel: "preload", as: "fetch", crossOrigin: "", href });
        document.head.append(link);
      }
      return import(script);
    })
    // To read it is one task, to wake the page others: in between the browser hears the person.
    .then((page) => page.default({ module_or_path: wasm }).then(() => setTimeout(page.hydrate)));
}
