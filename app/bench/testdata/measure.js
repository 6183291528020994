// @ts-check
// Runs in every measured page before its own scripts, and keeps the times at which things happened.
(() => {
  "use strict";
  /** @param {(done: (value: any) => void) => void} start @returns {Promise<any>} */
  const wait = (start) => new Promise(start);
  const box = () => /** @type {HTMLTextAreaElement} */ (document.getElementById("token-text"));

  // The mark that a program sets when it has drawn its page. Times count from the start of the navigation.
  const ready = wait((done) => new MutationObserver((_, observer) => {
    if (document.documentElement?.dataset.ready === undefined) return;
    observer.disconnect();
    done(performance.now());
    dispatchEvent(new Event("bench-ready"));
  }).observe(document, { attributes: true, subtree: true, attributeFilter: ["data-ready"] }));
  const painted = wait((done) => new PerformanceObserver((list) => {
    for (const entry of list.getEntriesByName("first-contentful-paint")) done(entry.startTime);
  }).observe({ type: "paint", buffered: true }));

  const downloaded = wait((done) => new PerformanceObserver((list) => {
    for (const { name, responseEnd } of /** @type {PerformanceResourceTiming[]} */ (list.getEntries())) {
      if (name.endsWith(".wasm") && responseEnd > 0) done(responseEnd);
    }
  }).observe({ type: "resource", buffered: true }));
  const started = async () => ({ ready: await ready, paint: await painted, program: await downloaded });

  const frame = () => wait(requestAnimationFrame);
  /** Resolves when the page has drawn what there was to draw and has nothing to do. */
  const rest = async () => {
    for (let i = 0; i < 3; i++) {
      await frame();
      await wait((done) => requestIdleCallback(done));
    }
  };

  /** Selects what the box holds, so that the next insertion replaces it. */
  const select = async () => {
    await rest();
    box().focus();
    box().select();
    await rest();
  };

  /** Gets ready to watch the next insertion. */
  let watched = Promise.resolve();
  const arm = async () => {
    await select();
    watched = wait((done) => {
      let start = 0;
      addEventListener("input", (event) => { start = event.timeStamp; }, { capture: true, once: true });
      new MutationObserver(async (_, observer) => {
        observer.disconnect();
        const shown = performance.now() - start;
        const signature = document.getElementById("verdict")?.dataset.signature;
        await frame();
        await wait((next) => setTimeout(next));
        done({ shown, painted: performance.now() - start, signature });
      }).observe(/** @type {Element} */ (document.getElementById("verdict")), { attributes: true, childList: true, characterData: true, subtree: true });
    });
  };

  /** Waits until the verdict gives the answer, if one is awaited, and until all is drawn. @param {string} signature */
  const answered = async (signature) => {
    while (signature && document.getElementById("verdict")?.dataset.signature !== signature) await frame();
    await rest();
  };

  /** @param {number[]} size */
  const resize = ([width, height]) => Object.assign(box().style, { width: width + "px", height: height + "px" });
  const size = () => [box().offsetWidth, box().offsetHeight];
  Object.assign(window, { bench: { started, ended: () => ready, arm, watched: () => watched, select, answered, resize, size } });
})();
