import pg from "pg";
import service from "./service.cjs";

await service.run(pg);
