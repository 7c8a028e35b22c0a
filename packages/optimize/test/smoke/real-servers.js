/** PostgreSQL, MariaDB and Redis themselves: what cannot be had here is named as not run, and the small servers of the programs stand for it. */
import { filled, kinds, stopServers } from "./filled.js";

export const serverStarts = Object.entries(kinds).map(([kind, { name }]) => [
  `${name} is started, with the rows of the shop`,
  async () => (await filled([kind])).notRun[0],
]);

export const serverEnds = ["the servers end", stopServers];
