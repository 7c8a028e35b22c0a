import { fixtures } from "../fixture.ts";

const entity = `import { DataSource, Entity, Repository, BaseEntity } from "typeorm";
@Entity()
class User {}
const source = new DataSource({});
`;

export default fixtures({
  "reads through a repository": `${entity}
const users = source.getRepository(User);
export async function read(id: number) {
  await users.findOneBy({ id }); //> db-read User
  await users.findOne({ where: { id } }); //> db-read User
  await users.find({ where: { id } }); //> db-read User list
  await users.count(); //> db-read User
}`,
  "writes through a repository": `${entity}
export async function write(users: Repository<User>, rows: User[]) {
  await users.save(new User()); //> db-write User
  await users.save(rows); //> db-write User bulk
  await users.insert(rows); //> db-write User bulk
  await users.update({ id: 1 }, {}); //> db-write User bulk
  await users.delete({ id: 1 }); //> db-write User bulk
}`,
  "loads relations with the rows": `${entity}
export const all = (users: Repository<User>) =>
  users.find({ relations: ["posts"] }); //> db-read User list
`,
  "knows an injected repository": `
import { Entity, Repository } from "typeorm";
import { InjectRepository } from "@nestjs/typeorm";
@Entity("people")
class Person {}
export class People {
  constructor(@InjectRepository(Person) private readonly people: Repository<Person>) {}
  all() {
    return this.people.find(); //> db-read people list
  }
}`,
  "names the table in an entity manager's call": `${entity}
export async function inside() {
  await source.transaction(async (manager) => {
    await manager.findOneBy(User, { id: 1 }); //> db-read User
    await manager.insert(User, {}); //> db-write User
  });
}`,
  "runs a builder only when it is read": `${entity}
export async function built(users: Repository<User>) {
  const pending = users.createQueryBuilder("u").where("u.id > 5");
  await pending.getMany(); //> db-read User list
  await users.createQueryBuilder("u").getOne(); //> db-read User
  return users.createQueryBuilder("u").limit(5).stream(); //> db-read User list
}`,
  "answers with what the project adds to a repository": `${entity}
const users = source.getRepository(User).extend({
  byName(name: string) {
    return this.findOneBy({ name }); //> db-read User
  },
});
export const find = (name: string) => users.byName(name);`,
  "nothing while a builder is only built": `${entity}
export const start = (users: Repository<User>) => users.createQueryBuilder("u").where("u.active");`,
  "follows active records": `
import { BaseEntity, Entity } from "typeorm";
@Entity()
class Note extends BaseEntity {}
export async function touch(id: number) {
  const note = await Note.findOneBy({ id }); //> db-read Note
  await note.save(); //> db-write Note
}`,
  "reads SQL on a query runner": `${entity}
export async function raw() {
  const runner = source.createQueryRunner();
  await runner.startTransaction();
  await runner.query("DELETE FROM sessions"); //> db-write sessions
  await runner.commitTransaction();
}`,
  "nothing without a proven receiver": `
const users = { find: () => [], save: (x: object) => x };
export const read = () => [users.find(), users.save({})];`,
});
