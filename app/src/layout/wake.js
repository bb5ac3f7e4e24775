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
  // On its way down: what is made later lets no key pass before it is awake.
  addEventListener("keydown", keep, true);
  new MutationObserver((_, observer) => {
    observer.disconnect();
    removeEventListener("keydown", keep, true);
    for (const [{ key, ctrlKey, metaKey, shiftKey, defaultPrevented }, wasPrevented] of early) {
      // Heard by a page that was half awake.
      if (defaultPrevented !== wasPrevented) continue;
      const again = { key, ctrlKey, metaKey, shiftKey, bubbles: true, cancelable: true };
      (document.activeElement ?? document.body).dispatchEvent(new KeyboardEvent("keydown", again));
    }
  }).observe(document.documentElement, { attributeFilter: ["data-hydrated"] });
  // On a line that breaks a file is asked for again, after a longer wait each time, until the browser has it.
  const come = async (href) => {
    for (let seconds = 1; ; seconds = Math.min(2 * seconds, 60)) {
      const status = await fetch(href).then(async (answer) => (await answer.arrayBuffer(), answer.status)).catch(() => 0);
      if (status > 0 && status < 500) return;
      await new Promise((done) => setTimeout(done, 1000 * seconds));
    }
  };
  const preload = (href) => new Promise((done) => {
    const link = Object.assign(document.createElement("link"), { rel: "preload", as: "fetch", crossOrigin: "", href });
    link.onload = done;
    link.onerror = () => done(come(href));
    document.head.append(link);
  });
  const wake = async () => {
    const [code, ...others] = [wasm, ...pieces].map(preload);
    const page = await import(script).catch(() => come(script).then(() => import(script)));
    const read = () => page.default({ module_or_path: wasm });
    await read().catch(() => code.then(read));
    await Promise.all(others);
    // To read it is one task, to wake the page others: in between the browser hears the person.
    setTimeout(page.hydrate);
  };
  // What is seen first comes first: the code asks for the line only when the page has been painted.
  if (document.hidden) wake();
  else requestAnimationFrame(() => setTimeout(wake));
}
