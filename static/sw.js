// @ts-check
// The service worker: after one visit the site works without a network, each page whole and of one build. The build
// fills in the two constants. Only files of that list are answered here; everything else goes to the network.
(() => {
  "use strict";
  const version = "";
  /** @type {string[]} */
  const files = [];

  const worker = /** @type {any} */ (self);
  const scope = new URL("./", location.href);
  const family = "jwtlab:" + scope.pathname + ":"; // another site of ours may live on this origin under another path
  const name = family + version;
  /** @param {string} path */
  const isPage = (path) => path === "" || path.endsWith("/") || path.endsWith(".html");

  /**
   * Fetches a file for the cache. A page must be of this very build: the host may be changing to the next one.
   * @param {string} path
   */
  const bring = async (path) => {
    const response = await fetch(new URL(path, scope), { cache: isPage(path) ? "no-cache" : "default" });
    if (!response.ok) throw new Error(path + ": status " + response.status);
    const type = response.headers.get("Content-Type") || "";
    if (!isPage(path)) {
      if (type.startsWith("text/html")) throw new Error(path + ": a page came instead");
      return response;
    }
    const text = await response.text();
    if (!text.includes(`data-version="${version}"`)) throw new Error(path + ": of another build");
    const headers = new Headers(response.headers);
    headers.delete("Content-Encoding");
    headers.delete("Content-Length");
    return new Response(text, { headers }); // also forgets that it was redirected, which a navigation may not be
  };

  const install = async () => {
    const cache = await caches.open(name);
    try {
      await Promise.all(files.map(async (path) => cache.put(new URL(path, scope), await bring(path))));
    } catch (reason) {
      await caches.delete(name);
      throw reason;
    }
  };

  /** Removes the caches of earlier builds, unless another window may still be showing one, or a later build is coming. */
  const sweep = async () => {
    const { installing, waiting } = worker.registration;
    if (installing || waiting) return;
    const windows = await worker.clients.matchAll({ type: "window", includeUncontrolled: true });
    if (windows.length > 1) return;
    const old = (await caches.keys()).filter((key) => key.startsWith(family) && key !== name);
    await Promise.all(old.map((key) => caches.delete(key)));
  };

  /** @param {Request} request @param {URL} url @param {string} path */
  const page = async (request, url, path) => {
    const cache = await caches.open(name);
    const asked = path.replace(/(^|\/)index\.html$/, "$1");
    if (files.includes(asked)) return (await cache.match(new URL(asked, scope))) || fetch(request);
    if (files.includes(asked + "/")) return Response.redirect(new URL(asked + "/" + url.search, scope).href);
    try {
      return await fetch(request);
    } catch (reason) {
      const lost = await cache.match(new URL("404.html", scope));
      if (!lost) throw reason;
      return new Response(lost.body, { status: 404, headers: lost.headers });
    }
  };

  /** The name of a file under static/ holds its hash, so any cache that has it has the right one. @param {Request} request */
  const asset = async (request) => (await caches.match(request, { ignoreVary: true })) || fetch(request);

  worker.addEventListener("install", (/** @type {any} */ event) => event.waitUntil(install()));
  worker.addEventListener("activate", (/** @type {any} */ event) => event.waitUntil(sweep().then(() => worker.clients.claim())));
  worker.addEventListener("message", (/** @type {any} */ event) => { if (event.data === "skip-waiting") worker.skipWaiting(); });
  worker.addEventListener("fetch", (/** @type {any} */ event) => {
    const request = event.request;
    const url = new URL(request.url);
    if (request.method !== "GET" || url.origin !== scope.origin || !url.pathname.startsWith(scope.pathname)) return;
    const path = url.pathname.slice(scope.pathname.length);
    if (request.mode === "navigate") {
      event.respondWith(page(request, url, path));
      event.waitUntil(sweep());
    } else if (path.startsWith("static/") && !request.headers.has("Range")) {
      event.respondWith(asset(request));
    }
  });
})();
