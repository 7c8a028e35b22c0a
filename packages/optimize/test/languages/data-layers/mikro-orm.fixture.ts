import { fixtures } from "../fixture.ts";

const entity = `import { Entity } from "@mikro-orm/core";
import { EntityManager } from "@mikro-orm/postgresql";
@Entity()
class Author {}
`;

export default fixtures({
  "reads one and many": `${entity}
export async function read(em: EntityManager, id: number) {
  await em.findOne(Author, id); //> db-read Author
  await em.find(Author, { id }, { populate: ["books"] }); //> db-read Author list
  await em.findAndCount(Author, {}); //> db-read Author list, db-read Author
}`,
  "writes what was persisted on flush": `${entity}
export async function write(em: EntityManager, authors: Author[]) {
  for (const author of authors) em.persist(author);
  await em.flush(); //> db-write - bulk
}`,
  "writes past the unit of work": `${entity}
export async function write(em: EntityManager, rows: object[]) {
  await em.nativeUpdate(Author, {}, {}); //> db-write Author bulk
  await em.insertMany(Author, rows); //> db-write Author bulk
}`,
  "hands the manager on to a transaction": `${entity}
export async function inside(em: EntityManager) {
  await em.transactional(async (inner) => {
    await inner.nativeInsert(Author, {}); //> db-write Author
  });
}`,
  "nothing without a proven receiver": `
const em = { find: async (x: unknown) => x, flush: async () => {} };
export const read = async () => [await em.find("Author"), await em.flush()];`,
});
