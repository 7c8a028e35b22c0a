/** The same for Python: damaged, endless and old sources, and a service that is found beside them. */
import { expectFailure, expectService, inSource, many, n, project } from "./bad-input.js";
import { expect, folderOf, scanned } from "./harness.js";

/** The same service in Python: one query per order on a route. */
export const pythonService = `from fastapi import FastAPI
import psycopg

app = FastAPI()
connection = psycopg.connect()


@app.get("/invoices")
def invoices():
    rows = connection.execute("select id, customer_id from invoices").fetchall()
    for row in rows:
        connection.execute("select name from customers where id = %s", [row[1]]).fetchone()
    return rows
`;

function expectPythonService(run) {
  const found = run.findings.filter(({ rule, site }) => rule === "db/n-plus-one" && site.file === "app/service.py");
  expect(found.length === 1 && found[0].site.line === 12, "the Python service's n+1 is found", run.findings);
}

const pythonNestings = {
  "round.py": `x = ${many("(")}1${many(")")}\n`,
  "curly.py": `x = ${many("{1:")}1${many("}")}\n`,
  "lambdas.py": `x = ${many("lambda: ")}1\n`,
  "strings.py": `x = ${many("f'{")}1${many("}'")}\n`,
  "blocks.py": `${Array.from({ length: 1200 }, (_, depth) => `${" ".repeat(depth)}if a:\n`).join("")}${" ".repeat(1200)}b()\n`,
  "decorators.py": "@a\n".repeat(n),
  "unclosed.py": "[\n".repeat(n),
  "quotes.py": "'\n".repeat(n),
  "with.py": "with (\n".repeat(n),
  "broken.py": "def = 1\n",
  "nul.py": `x = 1\0\n${"y = 2\n".repeat(40)}`,
};

export const badPython = [
  [
    "Python: a service is read beside JavaScript, by rule, by allow comment and by what changed",
    async () => {
      const { run } = await scanned(project({ "app/service.py": pythonService }));
      expectService(run);
      expectPythonService(run);
      expect(
        run.formulas.some(({ name }) => name === "GET /invoices"),
        "its route has a formula",
        run.formulas,
      );
      const allowed = pythonService.replace(
        "[row[1]]).fetchone()",
        "[row[1]]).fetchone()  # optimize-allow db/n-plus-one -- there are three",
      );
      const silent = (await scanned(folderOf({ "service.py": allowed }))).run;
      expect(silent.findings.every(({ rule }) => rule !== "db/n-plus-one") && silent.unusedAllows.length === 0, "it is allowed", silent);
    },
  ],
  [
    "Python: nesting of every kind and what does not end are named, each file for itself",
    async () => {
      const { run } = await scanned(project({ "app/service.py": pythonService, ...inSource(pythonNestings) }));
      for (const name of Object.keys(pythonNestings)) expectFailure(run, `src/${name}`, ["too-deep", "syntax"]);
      expectService(run);
      expectPythonService(run);
    },
  ],
  [
    "Python: encodings, line ends and Python 2",
    async () => {
      const { run } = await scanned(
        folderOf({
          "app/service.py": `\ufeff${pythonService.replaceAll("\n", "\r\n")}`,
          "app/latin.py": Buffer.from("# -*- coding: latin-1 -*-\nx = 'caf\xe9'\n", "latin1"),
          "app/wrong.py": Buffer.from("x = 'caf\xe9'\n", "latin1"),
          "app/old.py": "print 'a'\ntry:\n    pass\nexcept A, e:\n    print `e`\n",
          "app/older.py": "print 'a'\nx = = 1\n",
          "app/notes.ipynb": "{}",
          "venv/pyvenv.cfg": "",
          "venv/lib/x.py": "def = 1\n",
        }),
      );
      expectPythonService(run);
      expectFailure(run, "app/wrong.py", ["not-text"]);
      expectFailure(run, "app/older.py", ["syntax"]);
      expect(run.failures.length === 2, "nothing else failed", run.failures);
      expect(
        run.notLookedAt.some(({ reason, files }) => reason === "notebook" && files === 1),
        "the notebook is counted",
        run.notLookedAt,
      );
    },
  ],
  [
    "Python: a string of 50 MB is counted and a list of 900,000 numbers is read",
    async () => {
      const { run } = await scanned(
        folderOf({
          "app/service.py": pythonService,
          "app/string.py": Buffer.concat([Buffer.from("x = '"), Buffer.alloc(50 * 1024 * 1024, "a"), Buffer.from("'\n")]),
          "app/list.py": `x = [\n${"1,2,3,4,5,6,7,8,9,0,\n".repeat(90_000)}]\n`,
        }),
      );
      expectPythonService(run);
      expect(
        run.notLookedAt.some(({ examples }) => examples.includes("app/string.py")),
        "the string is counted",
        run.notLookedAt,
      );
      expect(run.project.files === 2 && run.failures.length === 0, "the list is read", run);
    },
  ],
];
