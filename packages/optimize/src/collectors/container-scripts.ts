/** What the Node inside a container is asked to do with `-e`, where nothing can be mounted. */

/** Reads the files of the agent from its input, puts them into a new folder with room for records, and says where. */
export const handOver = `
const fs = require("fs"), path = require("path");
try {
  const files = JSON.parse(fs.readFileSync(0, "utf8"));
  if (Number(process.versions.node.split(".")[0]) < 18) throw new Error("its Node is " + process.versions.node);
  const folder = fs.mkdtempSync(path.join(require("os").tmpdir(), "optimize-"));
  fs.mkdirSync(path.join(folder, "raw"));
  for (const name of Object.keys(files)) {
    const file = path.join(folder, "agent", name);
    fs.mkdirSync(path.dirname(file), { recursive: true });
    fs.writeFileSync(file, files[name]);
  }
  console.log(JSON.stringify({ folder }));
} catch (error) {
  console.log(JSON.stringify({ error: error.message }));
}`;

/** Writes each file of records as a line of JSON, and removes the folder that \`handOver\` made. */
export const collect = `
const fs = require("fs"), path = require("path");
const folder = process.argv[1];
const raw = path.join(folder, "raw");
for (const name of fs.readdirSync(raw))
  fs.writeSync(1, JSON.stringify([name, fs.readFileSync(path.join(raw, name)).toString("base64")]) + "\\n");
fs.rmSync(folder, { recursive: true, force: true });`;
