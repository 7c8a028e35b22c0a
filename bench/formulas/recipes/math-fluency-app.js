/**
 * Made for MySQL; its dialect is a setting, so it speaks PostgreSQL here. Routes with SQL that only MySQL takes (names of mixed
 * case in literals, COUNT beside plain columns) are left out.
 *
 * @typedef {import("../application.js").Recipe} Recipe
 */

const now = "now(), now()";
const answers = 3;

/** @type {Recipe} */
export default {
  name: "Math_Fluency_App",
  repository: "https://github.com/TaintAnalysis-DB-Benchmarks/Math_Fluency_App",
  commit: "d3bb95a6c4a4fd66db7eb3fd3300610da259dd9b",
  install: "npm install --omit=dev --ignore-scripts && npm install --no-save --ignore-scripts pg@8",
  entry: "app.js",
  env: {
    DB_DIALECT: "postgres",
    RDS_DB_NAME: "postgres",
    RDS_USERNAME: "postgres",
    RDS_PASSWORD: "postgres",
    RDS_HOSTNAME: "127.0.0.1",
    RDS_PORT: "1",
  },

  async prepare({ database, quiet }) {
    for (let tables = 0; tables < 5; await quiet()) {
      const { rows } = await database.query("select count(*)::int as n from pg_tables where schemaname = 'public'");
      tables = rows[0].n;
    }
    await quiet();
  },

  /** One teacher, `size` students, one test of the first student with `size` results of one answer each. */
  seed(size) {
    const all = Array.from({ length: size }, (_, n) => n + 1);
    return [
      `insert into teachers ("firstName", "lastName", "createdAt", "updatedAt") values ('Ada', 'Doe', ${now})`,
      ...all.map(
        () =>
          `insert into students ("firstName", "lastName", stars, "baseNumber", operation, "teacherId", "createdAt", "updatedAt") values ('Jane', 'Smith', 1, 3, '+', 1, ${now})`,
      ),
      `insert into tests (practice, "attemptsRemaining", "baseNumber", operation, "teacherId", "studentId", "createdAt", "updatedAt") values (true, -1, 3, '+', 1, 1, ${now})`,
      ...all.map(() => `insert into results ("timeTaken", "testId", "createdAt", "updatedAt") values ('00:01:00', 1, ${now})`),
      ...all.map(
        (n) =>
          `insert into answers ("studentAnswer", "correctlyAnswered", operation, operand1, operand2, "resultId", "createdAt", "updatedAt") values (4, true, '+', 3, 1, ${n}, ${now})`,
      ),
    ];
  },

  async calls(size) {
    const get = (/** @type {string} */ pattern, /** @type {string} */ path, sizes = {}) => ({
      route: `GET /api/v1${pattern}`,
      path: `/api/v1${path}`,
      sizes,
    });
    const answer = { studentAnswer: 4, operation: "+", operand1: "3", operand2: "1" };
    const student = { firstName: "Jeff", lastName: "Doe", stars: 1, baseNumber: 3, operation: "+", teacherId: 1 };
    const test = { practice: true, attemptsAllowed: 2, baseNumber: 3, operation: "+" };
    return [
      get("/results/:id", "/results/1"),
      get("/students", "/students"),
      get("/students/:id", "/students/1"),
      get("/students/:id/tests", "/students/1/tests"),
      get("/students/firstName/:firstName", "/students/firstName/Jane"),
      get("/students/teacherId/:teacherId", "/students/teacherId/1"),
      get("/teachers", "/teachers"),
      get("/teachers/:id", "/teachers/1"),
      get("/teachers/:id/class", "/teachers/1/class"),
      get("/tests", "/tests"),
      get("/tests/:id", "/tests/1"),
      get("/tests/practice/:isPractice", "/tests/practice/true"),
      get("/tests/teachers/:teacherId", "/tests/teachers/1"),
      { route: "POST /api/v1/teachers", path: "/api/v1/teachers", body: { firstName: "Eve", lastName: "Doe" }, changes: true },
      { route: "POST /api/v1/students", path: "/api/v1/students", body: student, changes: true },
      { route: "PATCH /api/v1/students/:id", path: "/api/v1/students/1", body: { stars: 2 + size }, changes: true },
      { route: "POST /api/v1/students/:studentId/tests", path: "/api/v1/students/1/tests", body: test, changes: true },
      { route: "POST /api/v1/tests", path: "/api/v1/tests", body: { ...test, studentId: 1, teacherId: 1 }, changes: true },
      { route: "PATCH /api/v1/tests/:id", path: "/api/v1/tests/1", body: { attemptsRemaining: 2 + size }, changes: true },
      {
        route: "POST /api/v1/results",
        path: "/api/v1/results",
        body: { testId: 1, timeTaken: "00:01:00", answers: Array.from({ length: answers }, () => answer) },
        changes: true,
        sizes: { answers, keys: answers, steps: answers },
      },
    ];
  },
};
