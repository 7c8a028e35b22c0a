/** @param {import("node:net").Server} server @returns {Promise<number>} The free port of the loopback that it listens on. */
export function listen(server) {
  return new Promise((resolve) => {
    server.listen(0, "127.0.0.1", () => resolve(/** @type {import("node:net").AddressInfo} */ (server.address()).port));
  });
}
