import { createServer } from "node:http";
import typeorm from "typeorm";
import { backends } from "../../support/backends.js";
import { answering, drive } from "../../support/drive.js";

const { DataSource, EntitySchema, MoreThan } = typeorm;
const { pg: url } = await backends("pg");
const Account = new EntitySchema({
  name: "Account",
  tableName: "loyalty_accounts",
  columns: { id: { type: "int", primary: true }, points: { type: "int" }, level: { type: "text" } },
});
const source = await new DataSource({ type: "postgres", url, entities: [Account], poolSize: 2 }).initialize();
await source.query("drop table if exists loyalty_accounts");
await source.query("create table loyalty_accounts (id int primary key, points int not null, level text not null)");
await source.query("insert into loyalty_accounts select n, n * 10, 'none' from generate_series(1, 40) n");
const accounts = source.getRepository("Account");

const levelOf = (points) => (points > 300 ? "gold" : points > 100 ? "silver" : "bronze");

class LevelService {
  async recompute(limit, suffix) {
    // clean: once a request
    const due = await accounts.find({ where: { points: MoreThan(0) }, order: { id: "ASC" }, take: limit });
    for (const account of due) {
      account.level = `${levelOf(account.points)} ${suffix}`;
      // expect: n+1
      await accounts.save(account);
    }
    return due.length;
  }
}

const levels = new LevelService();
const server = createServer(answering((_, query) => levels.recompute(Number(query.get("limit")), query.get("season"))));
await drive(server, ["/recompute?limit=5&season=spring", "/recompute?limit=16&season=autumn"]);
await source.destroy();
