// @ts-check
// What has to happen before the first paint: the theme and the language that were chosen, so that nothing flashes.
// It also says so when the script that starts the program is missing, because nothing else could.
(() => {
  "use strict";
  const html = document.documentElement;

  /**
   * A remembered choice; none where storage is refused, as in some private windows.
   * @param {string} name
   * @returns {string}
   */
  const chosen = (name) => {
    try {
      return localStorage.getItem("jwtlab." + name) || "";
    } catch {
      return "";
    }
  };

  const theme = chosen("theme");
  html.dataset.theme = theme === "light" || theme === "dark" ? theme : "system";

  const lang = chosen("lang");
  /** @type {HTMLLinkElement | null} */
  const twin = document.querySelector(`link[rel="alternate"][hreflang="${CSS.escape(lang)}"]`);
  if (twin && lang !== html.lang) {
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
