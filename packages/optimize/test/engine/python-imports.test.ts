/** Imports of Python over in-memory lists of files. */
import { describe, expect, test } from "vitest";
import { createPythonResolver } from "../../src/engine/python-imports.ts";
import type { PythonLayout, PythonResolution } from "../../src/engine/python-imports.ts";
import { readPythonProject } from "../../src/engine/python-manifests.ts";
import type { PythonProject } from "../../src/engine/python-manifests.ts";

const file = (path: string): PythonResolution => ({ kind: "file", path });
const folder = (path: string): PythonResolution => ({ kind: "folder", path });
const library = (name: string): PythonResolution => ({ kind: "package", name });
const unknown = (why: "missing" | "skipped" | "outside"): PythonResolution => ({ kind: "unknown", why });

function resolver(files: readonly string[], more: Partial<PythonLayout> = {}): (from: string, specifier: string) => PythonResolution {
  return createPythonResolver({ files, ...more }).resolve;
}

function project(dir: string, manifests: Readonly<Record<string, string>>): PythonProject {
  const found = readPythonProject(dir, Object.keys(manifests), (name) => manifests[name]);
  if (found === undefined) throw new Error("no project");
  return found;
}

describe("relative imports", () => {
  const resolve = resolver([
    "shop/__init__.py",
    "shop/orders/__init__.py",
    "shop/orders/views.py",
    "shop/orders/sql/read.py",
    "shop/db.py",
  ]);
  test.each<[string, string, PythonResolution]>([
    ["shop/orders/views.py", ".", file("shop/orders/__init__.py")],
    ["shop/orders/__init__.py", ".views", file("shop/orders/views.py")],
    ["shop/orders/views.py", "..db", file("shop/db.py")],
    ["shop/orders/views.py", "..", file("shop/__init__.py")],
    ["shop/orders/views.py", ".sql", folder("shop/orders/sql")],
    ["shop/orders/views.py", ".sql.read", file("shop/orders/sql/read.py")],
    ["shop/orders/views.py", ".gone", unknown("missing")],
    ["shop/orders/views.py", "...", folder("")],
    ["shop/orders/views.py", "....x", unknown("outside")],
  ])("from %s: %s", (from, specifier, expected) => expect(resolve(from, specifier)).toEqual(expected));
});

describe("absolute imports", () => {
  test("look above the topmost package, wherever that lies", () => {
    const resolve = resolver(["backend/app/__init__.py", "backend/app/api/__init__.py", "backend/app/api/views.py", "backend/app/db.py"]);
    expect(resolve("backend/app/api/views.py", "app.db")).toEqual(file("backend/app/db.py"));
    expect(resolve("backend/app/api/views.py", "app")).toEqual(file("backend/app/__init__.py"));
    expect(resolve("backend/app/api/views.py", "app.gone")).toEqual(unknown("missing"));
  });

  test("are never relative to a package's own folder when a library has the name", () => {
    const resolve = resolver(["app/__init__.py", "app/logging.py", "app/redis.py", "app/views.py"], { libraries: new Set(["redis"]) });
    expect(resolve("app/views.py", "logging")).toEqual(library("logging"));
    expect(resolve("app/views.py", "redis")).toEqual(library("redis"));
    expect(resolve("app/views.py", "app.redis")).toEqual(file("app/redis.py"));
  });

  test("find packages in src, in declared folders and beside manage.py", () => {
    const files = [
      "src/shop/__init__.py",
      "src/shop/db.py",
      "tools/run.py",
      "lib/python/extra/__init__.py",
      "site/manage.py",
      "site/blog/models.py",
    ];
    const projects = [project("", { "setup.cfg": "[metadata]\nname = shop\n[options.packages.find]\nwhere = lib/python\n" })];
    const resolve = resolver(files, { projects });
    expect(resolve("tools/run.py", "shop.db")).toEqual(file("src/shop/db.py"));
    expect(resolve("tools/run.py", "extra")).toEqual(file("lib/python/extra/__init__.py"));
    expect(resolve("site/blog/models.py", "blog.models")).toEqual(file("site/blog/models.py"));
  });

  test("reach namespace packages and scripts started in a folder above", () => {
    const resolve = resolver(["service/routers/orders.py", "service/db.py", "service/main.py"]);
    expect(resolve("service/routers/orders.py", "db")).toEqual(file("service/db.py"));
    expect(resolve("service/routers/orders.py", "service.db")).toEqual(file("service/db.py"));
    expect(resolve("service/main.py", "routers")).toEqual(folder("service/routers"));
    expect(resolve("service/main.py", "routers.orders")).toEqual(file("service/routers/orders.py"));
  });

  test("take a library for a library although a bare folder or script has its name", () => {
    const projects = [
      project("", { "requirements.txt": "Celery[redis]>=5 # queue\n-r other.txt\n./local\nmy_lib @ https://example.test/x.zip\n" }),
    ];
    const resolve = resolver(["celery/tasks.py", "app/celery.py", "app/views.py", "my-lib/a.py", "shop/__init__.py", "shop/celery.py"], {
      projects,
    });
    expect(resolve("app/views.py", "celery")).toEqual(library("celery"));
    expect(resolve("app/views.py", "celery.app.base")).toEqual(library("celery.app.base"));
    expect(resolve("shop/celery.py", "celery")).toEqual(library("celery"));
    expect([...(projects[0]?.dependencies.keys() ?? [])]).toEqual(["celery", "my-lib"]);
  });

  test("a module that is named like what it imports means the library", () => {
    const resolve = resolver(["huey.py", "main.py"]);
    expect(resolve("huey.py", "huey")).toEqual(library("huey"));
    expect(resolve("main.py", "huey")).toEqual(file("huey.py"));
  });

  test("reach the package of a sibling project when one has that name", () => {
    const files = [
      "api/pyproject.toml",
      "api/app/__init__.py",
      "api/app/main.py",
      "shared/acme_core/__init__.py",
      "one/same/__init__.py",
      "two/same/__init__.py",
    ];
    const resolve = resolver(files.filter((path) => path.endsWith(".py")));
    expect(resolve("api/app/main.py", "acme_core")).toEqual(file("shared/acme_core/__init__.py"));
    expect(resolve("api/app/main.py", "same")).toEqual(library("same"));
  });

  test("a package wins over a module, a module over a folder; stubs and what is left out answer nothing", () => {
    const resolve = resolver(["a.py", "a/__init__.py", "b.py", "b/x.py", "main.py", "typings/requests.pyi"], {
      skipped: ["c/__init__.py", "notes.txt"],
    });
    expect(resolve("main.py", "a")).toEqual(file("a/__init__.py"));
    expect(resolve("main.py", "b")).toEqual(file("b.py"));
    expect(resolve("main.py", "c")).toEqual(unknown("skipped"));
    expect(resolve("main.py", "requests")).toEqual(library("requests"));
    expect(resolve("main.py", "")).toEqual(unknown("missing"));
  });
});

describe("manifests", () => {
  test("pyproject in the forms of its tools", () => {
    const text = `
[project]
name = "shop" # the name
dependencies = [
  "Flask>=2",  # web
  'psycopg[binary] ; python_version > "3.8"',
]
[project.optional-dependencies]
fast = ["uvloop"]
[dependency-groups]
dev = ["pytest", {include-group = "x"}]
[tool.poetry]
packages = [{ include = "shop", from = "lib" }]
[tool.poetry.dependencies]
python = "^3.12"
httpx = { version = "*", extras = ["http2"] }
[tool.poetry.group.dev.dependencies]
ruff = "*"
[tool.setuptools.packages.find]
where = ["source"]
[tool.hatch.build.targets.wheel]
packages = ["code/shop"]
[[tool.uv.index]]
url = """
https://example.test"""
`;
    const found = project("backend", { "pyproject.toml": text });
    expect(found.name).toBe("shop");
    expect([...found.dependencies].map(([name, { kind }]) => `${name} ${kind}`)).toEqual([
      "flask dependencies",
      "psycopg dependencies",
      "uvloop optionalDependencies",
      "pytest devDependencies",
      "httpx dependencies",
      "ruff devDependencies",
    ]);
    expect(found.sources).toEqual(["backend/code", "backend/lib", "backend/source"]);
  });

  test("setup.cfg, setup.py and Pipfile", () => {
    const found = project("", {
      "setup.cfg":
        "[options]\npackage_dir =\n  = src\ninstall_requires =\n    requests>=2\n    SQLAlchemy\n[options.extras_require]\nx = redis\n",
      "setup.py": `setup(name="shop", install_requires=["httpx", 'asyncpg>=1'], packages=find_packages("python"))`,
      Pipfile: `[packages]\nmotor = "*"\n[dev-packages]\nblack = {version = "*"}\n`,
    });
    expect(found.name).toBe("shop");
    expect([...found.dependencies.keys()].sort()).toEqual(["asyncpg", "black", "httpx", "motor", "redis", "requests", "sqlalchemy"]);
    expect(found.sources).toEqual(["python", "src"]);
  });

  test("what says nothing is no project, and broken text ends nothing", () => {
    expect(readPythonProject("", ["pyproject.toml"], () => "[build-system]\nrequires = []\n")).toBeUndefined();
    expect(readPythonProject("", ["README.md"], () => "")).toBeUndefined();
    expect(readPythonProject("", ["pyproject.toml"], () => `x = [[[["\n[project]\nname = "a"\n__proto__ = 1`)).toBeUndefined();
    expect(readPythonProject("", ["pyproject.toml"], () => `[project]\nname = "a"\nbad =\n__proto__ = 1`)?.name).toBe("a");
    expect(readPythonProject("", ["pyproject.toml"], () => `x = ${"[".repeat(5000)}\n[project]\nname = "a"`)).toBeUndefined();
  });
});
