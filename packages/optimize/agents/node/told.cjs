"use strict";

/**
 * What a loader gives for a file, with a line behind it when it is one of the sources. It is handed to another thread as text: it uses nothing around it.
 * @param {string} url
 * @param {{ format?: string, source?: unknown }} result
 * @param {readonly { name: string, file: RegExp, holds: readonly string[] }[]} sources
 */
function told(url, result, sources) {
  try {
    if (result.format !== "module" || result.source === null || result.source === undefined) return result;
    const path = decodeURIComponent(new URL(url).pathname).replace(/^\/(?=[A-Za-z]:\/)/, "");
    const [, name, file = ""] = /^.*\/node_modules\/((?:@[^/]+\/)?[^/]+)\/(.*)$/.exec(path) ?? [];
    const known = sources.find((one) => one.name === name && one.file.test(file));
    if (known === undefined) return result;
    const text = typeof result.source === "string" ? result.source : new TextDecoder().decode(/** @type {any} */ (result.source));
    const holds = known.holds.map((one) => `${one}: typeof ${one} === "undefined" ? undefined : ${one}`);
    return { ...result, source: `${text}\n;globalThis[Symbol.for("optimize.loaded")]?.(${JSON.stringify(path)}, { ${holds.join()} });` };
  } catch {
    return result;
  }
}

module.exports = { told };
