(script, wasm, pieces) => {
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
