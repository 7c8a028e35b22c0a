void require("./service.cjs").run(require("pg"));
