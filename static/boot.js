// @ts-check
// Starts the program: loads app.wasm with progress, says in words what went wrong, and installs the service worker. It
// contains no words itself: they stand in the page's templates, in the page's language.
(() => {
  "use strict";
  const script = /** @type {HTMLScriptElement} */ (document.currentScript);
  const here = script.src; // now: the page changes its address with its language, and src is relative to it
  const root = new URL("..", here); // the folder that holds static/: the site may live under any path
  /** @type {WebAssembly.Module} */
  let compiled;

  // This script runs while the page is being read, so that the program is on its way from the first moment.
  const parsed = new Promise((done) => document.addEventListener("DOMContentLoaded", done));
  parsed.then(() => {
    // These links are relative, and the page changes its address with its language without being loaded again.
    document.querySelectorAll("link[rel~=icon], link[rel=manifest]").forEach((link) => {
      if (link instanceof HTMLLinkElement) link.href = link.href;
    });
  });

  // A percent sign that escapes nothing would end the program, which reads addresses strictly.
  const mended = location.hash.replace(/%(?![0-9a-f]{2})/gi, "%25");
  if (mended !== location.hash) history.replaceState(history.state, "", mended);

  // --- scripts: a Trusted Types policy that lets through this site's own files only ---

  /** @param {string} url */
  const ours = (url) => {
    const { href, origin, pathname } = new URL(url, here);
    if (origin !== root.origin || !pathname.startsWith(root.pathname)) throw new TypeError("not of this site: " + url);
    return href;
  };
  const policy = window.trustedTypes?.createPolicy("jwtlab", { createScriptURL: ours });
  /** @param {string} url @returns {string} a TrustedScriptURL where there are such */
  const scriptURL = (url) => /** @type {any} */ (policy ? policy.createScriptURL(url) : ours(url));

  // --- words ---

  /** @param {string} id */
  const byId = (id) => document.getElementById(id);
  /**
   * Shows the words of a template in a live region, and does what its button asks for.
   * @param {"status" | "alert"} region @param {string} name @param {() => void} [press]
   */
  const say = (region, name, press) => {
    const words = /** @type {HTMLTemplateElement} */ (byId("boot-" + name)).content.cloneNode(true);
    if (region === "alert") byId("boot-status")?.replaceChildren();
    const place = /** @type {HTMLElement} */ (byId("boot-" + region));
    place.replaceChildren(words);
    if (press) place.querySelector("button")?.addEventListener("click", press);
  };
  const reload = () => location.reload();

  const crashed = () => {
    const typed = /** @type {HTMLTextAreaElement | null} */ (byId("token-text"))?.value ?? window.jwtlabHandover.text["token-text"] ?? "";
    say("alert", "crashed", reload);
    const copy = document.querySelector("#boot-alert textarea");
    if (copy instanceof HTMLTextAreaElement) copy.value = typed;
  };

  /**
   * Not every end of the program ends go.run: a trap surfaces as an error of whatever called in, and go-app, when it
   * goes down while drawing, waits for itself forever, after it has taken its listeners away.
   */
  const watch = () => {
    /** @param {unknown} reason */
    const trapped = (reason) => { if (reason instanceof WebAssembly.RuntimeError) crashed(); };
    addEventListener("error", ({ error }) => trapped(error));
    addEventListener("unhandledrejection", ({ reason }) => trapped(reason));
    const remove = window.removeEventListener;
    window.removeEventListener = /** @type {typeof remove} */ ((/** @type {string} */ type, /** @type {any} */ listener, /** @type {any} */ options) => {
      if (type === "orientationchange") crashed();
      remove.call(window, type, listener, options);
    });
  };

  // --- the program ---

  /**
   * Loads and compiles app.wasm. The bytes that are counted are those after decompression, so the total is right
   * however the server sent them, and a plain host that does not know the type of .wasm does no harm.
   * @param {RequestCache} cache
   */
  const download = async (cache) => {
    const response = await fetch(new URL(script.dataset.program || "", here), { cache });
    if (!response.ok || !response.body) throw new Error("app.wasm: status " + response.status);
    let received = 0;
    const counted = new TransformStream({
      transform(/** @type {Uint8Array} */ chunk, out) {
        received += chunk.byteLength;
        out.enqueue(chunk);
      },
    });
    const show = () => {
      const bar = document.querySelector("#boot-status progress");
      if (bar instanceof HTMLProgressElement) bar.value = received;
    };
    const showing = setInterval(show, 50); // each chunk would be too often: it costs more than to compile it
    const body = new Response(response.body.pipeThrough(counted), { headers: { "Content-Type": "application/wasm" } });
    try {
      return await (WebAssembly.compileStreaming ? WebAssembly.compileStreaming(body) : WebAssembly.compile(await body.arrayBuffer()));
    } finally {
      clearInterval(showing);
      show();
    }
  };

  /** Loads the toolchain's wasm_exec.js, which defines Go. */
  const runtime = () => new Promise((loaded, failed) => {
    if (window.Go) return loaded(undefined);
    const element = document.createElement("script");
    element.src = scriptURL(script.dataset.runtime || "");
    element.onload = loaded;
    element.onerror = () => failed(new Error("wasm_exec.js"));
    document.head.append(element);
  });

  /** @type {Record<string, string>} the texts that were loaded, by the name of their file */
  const texts = {};
  /** @param {string} lang @param {string} route @returns {string[]} the files with the texts that a page shows */
  const textFiles = (lang, route) => {
    const parts = script.dataset.parts?.split(" ").find((one) => one.startsWith(route + "="))?.slice(route.length + 1).split("+") || [];
    return parts.map((part) => script.dataset.words?.split(" ").find((one) => one.startsWith(`words-${part}.${lang}.`)) || "");
  };
  /** @param {string} route the name of the page's own style sheet, empty for none */
  const style = (route) => script.dataset.styles?.split(" ").find((one) => one.startsWith(route + "="))?.slice(route.length + 1) || "";
  /** @param {string} route */
  const dressed = (route) => !style(route) || route === script.dataset.route || Boolean(document.querySelector(`link[href$="${style(route)}"]`));
  /** Loads the style sheet of a page, if it has one of its own. @param {string} route */
  const dress = (route) => new Promise((done, failed) => {
    if (dressed(route)) return done(undefined);
    const link = document.createElement("link");
    link.rel = "stylesheet";
    link.href = new URL(style(route), here).href;
    link.onload = done;
    link.onerror = () => { link.remove(); failed(new Error(style(route))); };
    document.head.append(link);
  });
  /**
   * Loads the texts of a page in a language, without which the program has no words, and what else the page has of its own.
   * @param {string} lang @param {string} route @param {RequestCache} [cache]
   */
  const words = async (lang, route, cache) => {
    await dress(route);
    await Promise.all(textFiles(lang, route).filter((name) => !(name in texts)).map(async (name) => {
      const response = await fetch(new URL(name, here), { cache });
      if (!response.ok) throw new Error(name + ": status " + response.status);
      texts[name] = await response.text();
    }));
    const all = Object.keys(texts).filter((name) => name.includes(`.${lang}.`)).map((name) => texts[name]);
    window.jwtlabWords = { ...window.jwtlabWords, [lang]: all.join("") };
  };
  window.jwtlabLoadWords = words;
  /** @param {string} lang @param {string} route */
  window.jwtlabHasWords = (lang, route) => dressed(route) && textFiles(lang, route).every((name) => name in texts);

  /** @param {RequestCache} cache */
  const load = async (cache) => {
    try {
      const [program] = await Promise.all([download(cache), runtime(), words(document.documentElement.lang, script.dataset.route || "", cache), parsed]);
      const go = new window.Go();
      const instance = await WebAssembly.instantiate(program, go.importObject);
      compiled = program;
      await window.jwtlabRested(); // nothing may come between this and the frame's end
      watch();
      go.run(instance).then(crashed, crashed);
    } catch (reason) {
      console.error(reason);
      await parsed;
      const loading = [...byId("boot-status")?.children ?? []];
      say("alert", "failed", () => {
        byId("boot-alert")?.replaceChildren();
        byId("boot-status")?.replaceChildren(...loading);
        load("reload");
      });
    }
  };

  // --- the service worker: offline, and updates that the user is told of ---

  const install = async () => {
    const container = navigator.serviceWorker;
    if (!container) return;
    let controlled = Boolean(container.controller);
    let accepted = false;
    /** @param {() => void} accept */
    const offer = (accept) => {
      dispatchEvent(new Event("jwtlab-update"));
      say("status", "update", accept);
    };
    container.addEventListener("controllerchange", () => {
      if (accepted) return reload();
      if (controlled) offer(reload); // another tab has accepted: this one still shows the old build
      controlled = true;
    });
    try {
      const at = await container.register(scriptURL(new URL("sw.js", root).href), { updateViaCache: "none" });
      const tell = () => offer(() => {
        accepted = true;
        at.waiting?.postMessage("skip-waiting");
      });
      if (at.waiting && at.active) tell();
      at.addEventListener("updatefound", () => {
        const next = at.installing;
        next?.addEventListener("statechange", () => { if (next.state === "installed" && at.active) tell(); });
      });
      document.addEventListener("visibilitychange", () => { if (!document.hidden) at.update().catch(() => {}); });
    } catch (reason) {
      console.warn(reason); // a private window or a plain http host: the page works, only not offline
    }
  };

  // --- what the program finds ---

  /** @type {Record<string, string>} */
  const env = { GOAPP_ROOT_PREFIX: root.pathname.slice(0, -1), GOAPP_STATIC_RESOURCES_URL: root.pathname.slice(0, -1), GOAPP_INTERNAL_URLS: "[]" };
  window.goappGetenv = (name) => env[name] || "";
  window.jwtlabWorker = () => {
    const worker = new Worker(scriptURL(script.dataset.worker || ""));
    worker.postMessage({ program: compiled, runtime: ours(script.dataset.runtime || "") });
    return worker;
  };

  const ready = new MutationObserver(() => {
    ready.disconnect();
    byId("boot-status")?.replaceChildren();
    install();
  });
  ready.observe(document.documentElement, { attributeFilter: ["data-ready"] });

  if (typeof WebAssembly === "object") load("default");
  else parsed.then(() => say("alert", "unsupported"));
})();
