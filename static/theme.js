// @ts-check
// What has to happen before the first paint: the theme and the language that were chosen, so that nothing flashes.
// It also says so when the script that starts the program is missing, because nothing else could.
(() => {
  "use strict";
  const html = document.documentElement;

  // Choices are remembered where the browser allows it; some private windows refuse, and then they last as long as the page.
  window.jwtlabStore = {
    /** @param {string} name @returns {string} */
    get(name) {
      try {
        return localStorage.getItem(name) || "";
      } catch {
        return "";
      }
    },
    /** @param {string} name @param {string} value */
    set(name, value) {
      try {
        localStorage.setItem(name, value);
      } catch {
        // nothing to be done, and nothing lost but the memory of a choice
      }
    },
  };

  const theme = window.jwtlabStore.get("jwtlab.theme");
  html.dataset.theme = theme === "light" || theme === "dark" ? theme : "system";

  const lang = window.jwtlabStore.get("jwtlab.lang");
  /** @type {HTMLLinkElement | null} */
  const twin = document.querySelector(`link[rel="alternate"][hreflang="${CSS.escape(lang)}"]`);
  if (twin && html.lang === "en" && lang !== html.lang) { // an address that names a language has chosen already
    location.replace(new URL(location.search + location.hash, twin.href));
  }

  addEventListener("error", ({ target }) => {
    if (!(target instanceof HTMLScriptElement) || target.id !== "boot") return;
    document.addEventListener("DOMContentLoaded", () => {
      const failed = document.querySelector("template#boot-failed");
      if (!(failed instanceof HTMLTemplateElement)) return;
      document.getElementById("boot-status")?.replaceChildren();
      document.getElementById("boot-alert")?.replaceChildren(failed.content.cloneNode(true));
      document.querySelector("#boot-alert button")?.addEventListener("click", () => location.reload());
    });
  }, true);
})();
