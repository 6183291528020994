// @ts-check
// Keeps what is typed before the program has arrived. The program replaces the page's frame (go-app does not hydrate),
// so the texts, the caret and the focus are recorded until it is ready, and put back the moment the frame goes.
(() => {
  "use strict";
  const boxes = ["token-text", "key-text", "header-text", "payload-text", "expect-iss", "expect-aud", "expect-leeway", "login-name", "login-password", "script-text"];
  const frame = /** @type {Element} */ (document.body.firstElementChild);
  const handover = { text: /** @type {Record<string, string>} */ ({}), changed: /** @type {string[]} */ ([]), focus: "", start: 0, end: 0, direction: "none", scroll: 0 };

  /** @param {string} id */
  const byId = (id) => document.getElementById(id);
  /** @param {unknown} box @returns {box is HTMLTextAreaElement | HTMLInputElement} */
  const isText = (box) => box instanceof HTMLTextAreaElement || box instanceof HTMLInputElement;
  /** @param {unknown} box */
  const record = (box) => {
    if (!isText(box) || !boxes.includes(box.id)) return;
    handover.text[box.id] = box.value;
    if (box.value !== box.defaultValue && !handover.changed.includes(box.id)) handover.changed.push(box.id);
    if (document.activeElement !== box) return;
    const { id: focus, selectionStart: start, selectionEnd: end, selectionDirection: direction, scrollTop: scroll } = box;
    Object.assign(handover, { focus, start, end, direction, scroll });
  };
  // Once the frame is gone the new boxes are still empty: then only what is typed into them counts.
  const recordAll = () => {
    if (!frame.isConnected) return;
    handover.focus = document.activeElement?.id || "";
    boxes.map(byId).forEach(record);
  };
  const takeOver = () => {
    if (frame.isConnected) return;
    for (const id of handover.changed) {
      const box = byId(id);
      if (isText(box) && box.value !== handover.text[id]) box.value = handover.text[id];
    }
    const box = byId(handover.focus);
    if (!box || document.activeElement === box) return;
    const { start, end, direction, scroll } = handover;
    box.focus({ preventScroll: true });
    if (!isText(box) || !boxes.includes(box.id)) return;
    box.setSelectionRange(start, end, /** @type {any} */ (direction));
    box.scrollTop = scroll;
  };

  // Taking the frame away under an input method would double or lose the syllable in the making. One composition may
  // follow the other within one key press, so an end counts only if nothing began by the next task.
  let compositions = 0;
  let composing = false;
  let rested = () => {};
  const begin = () => { compositions++; composing = true; };
  const end = () => {
    const ended = compositions;
    setTimeout(() => {
      if (ended !== compositions) return;
      composing = false;
      rested();
    });
  };
  /** @returns {Promise<void>} */
  const composed = async () => {
    if (composing) await new Promise((next) => { rested = () => next(undefined); });
  };

  const stop = new AbortController();
  /** @param {string} type @param {(event: Event) => void} handle */
  const on = (type, handle) => document.addEventListener(type, handle, { capture: true, signal: stop.signal });
  on("input", ({ target }) => record(target));
  on("selectionchange", recordAll);
  on("focusin", recordAll);
  on("compositionstart", begin);
  on("compositionupdate", begin); // of a composition that began before this script
  on("compositionend", end);
  const replaced = new MutationObserver(takeOver);
  replaced.observe(document.body, { childList: true });
  const ready = new MutationObserver(() => {
    stop.abort();
    replaced.disconnect();
    ready.disconnect();
  });
  ready.observe(document.documentElement, { attributeFilter: ["data-ready"] });

  window.jwtlabHandover = handover;
  window.jwtlabRested = async () => {
    await composed();
    recordAll();
  };
})();
