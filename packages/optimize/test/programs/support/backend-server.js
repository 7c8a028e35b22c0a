/** The process behind backends.js: starts the kinds that are named, tells their addresses in one line of JSON, and ends with its parent. */
const [{ startPartner }, { startRedis }, { startMysql }, { startMongo }, { startPostgres }] = await Promise.all(
  ["partner", "redis", "mysql", "mongo", "postgres"].map((name) => import(`./${name}.js`)),
);

const starters = { pg: startPostgres, mysql: startMysql, mongo: startMongo, redis: startRedis, partner: startPartner };
const addresses = {};
for (const kind of process.argv.slice(2)) addresses[kind] = await starters[kind]();
console.log(JSON.stringify(addresses));

const parent = process.ppid;
setInterval(() => {
  if (process.ppid !== parent) process.exit(0);
}, 500);
