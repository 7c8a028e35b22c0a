/** Says that what lies in dist/cjs is CommonJS, beside a package that is not. */
import { writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

writeFileSync(fileURLToPath(new URL("../dist/cjs/package.json", import.meta.url)), '{ "type": "commonjs" }\n');
