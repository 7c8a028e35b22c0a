/** Applications that others wrote: each is started in a process of its own, on loopback, over PostgreSQL in WebAssembly. */
import { fork } from "node:child_process";
import { fileURLToPath } from "node:url";

/** @typedef {import("./evaluate.js").Sizes} Sizes */
/** @typedef {import("./bookshop.js").Observation} Observation */
/** @typedef {{ exec: (sql: string) => Promise<unknown>, query: (sql: string) => Promise<{ rows: any[] }> }} Database */
/** @typedef {{ route: string, path: string, body?: unknown, headers?: Record<string, string>, changes?: boolean, sizes?: Sizes }} Call */
/**
 * What a run needs to know of an application. Nothing of it is committed here: a recipe names the repository and the commit.
 *
 * @typedef {object} Recipe
 * @property {string} name
 * @property {string} repository
 * @property {string} commit
 * @property {string} install  How its dependencies are installed, in its folder.
 * @property {string} [folder]  Where the service is, below the repository's root.
 * @property {string} entry  The file that starts the server.
 * @property {Record<string, string>} env  Settings, without the database's; `DATABASE_URL` is set for it.
 * @property {(tools: Tools) => Promise<void>} prepare  Once, when the server listens: makes the tables or waits for them.
 * @property {(size: number, tools: Tools) => readonly string[]} seed  Statements that fill the empty tables at a data size.
 * @property {(size: number, tools: Tools) => Promise<readonly Call[]>} calls  Requests in order; one that `changes` the data is sent once.
 */
/** @typedef {{ load: (name: string) => any, database: Database, send: (call: Call) => Promise<Response>, quiet: () => Promise<void> }} Tools */

/**
 * Observes every request of the recipe at each data size.
 *
 * @param {string} folder  The application, laid out at the recipe's commit with its dependencies installed.
 * @param {string} recipe  File name of the recipe.
 * @param {readonly number[]} sizes
 * @returns {Promise<Observation[][]>}
 */
export function observeApplication(folder, recipe, sizes) {
  return new Promise((resolve, reject) => {
    const host = fork(fileURLToPath(new URL("host.js", import.meta.url)), [folder, recipe, sizes.join(",")], {
      cwd: folder,
      stdio: ["ignore", "ignore", "pipe", "ipc"],
    });
    let errors = "";
    /** @type {Observation[][] | undefined} */
    let observed;
    host.stderr?.on("data", (chunk) => (errors += chunk));
    host.on("message", (message) => (observed = /** @type {Observation[][]} */ (message)));
    host.on("exit", (code) =>
      observed === undefined ? reject(new Error(`The application ended with ${code}: ${errors.trim().slice(-600)}`)) : resolve(observed),
    );
  });
}
