// @ts-check
// The shortest way to start a Go program in a page.
(async () => {
  window.goappGetenv = (name) => name === "GOAPP_INTERNAL_URLS" ? "[]" : "";
  const go = new window.Go();
  const { instance } = await WebAssembly.instantiateStreaming(fetch("static/app.wasm"), go.importObject);
  go.run(instance);
})();
