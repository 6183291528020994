// @ts-check
// A worker that does jobs: the same program as the page's, which finds no document and serves jobs instead.
// The first message brings the compiled program; each later one is a job {id, job}, answered by {id, progress} any
// number of times and by one {id, result} or {id, error}.
(() => {
  "use strict";
  /** @param {string} url */
  const ours = (url) => {
    if (new URL(url).origin !== location.origin) throw new TypeError("not of this site: " + url);
    return url;
  };
  const policy = self.trustedTypes?.createPolicy("jwtlab", { createScriptURL: ours });
  /** @type {Set<number>} */
  const open = new Set();
  /** @type {Promise<void>} */
  let started;

  /** @param {{id: number, progress?: string, result?: string, error?: string}} answer */
  self.jwtlabAnswer = (answer) => {
    if (answer.progress === undefined) open.delete(answer.id);
    self.postMessage(answer);
  };
  /** @param {unknown} reason */
  const fail = (reason) => open.forEach((id) => self.jwtlabAnswer({ id, error: String(reason) }));

  /** @param {{program: WebAssembly.Module, runtime: string}} message */
  const start = async ({ program, runtime }) => {
    self.importScripts(/** @type {any} */ (policy ? policy.createScriptURL(runtime) : ours(runtime)));
    const go = new self.Go();
    const instance = await WebAssembly.instantiate(program, go.importObject);
    go.run(instance).then(() => fail("the program has ended"), fail);
  };

  self.onmessage = ({ data }) => {
    if (data.program) {
      started = start(data);
      return;
    }
    open.add(data.id);
    started.then(() => self.jwtlabJob(data.id, data.job)).catch(fail);
  };
})();
