/** Computations of Python that are little for one and much for many. */
import type { MethodSpec } from "../../model/library.ts";
import { library } from "../../model/library.ts";
import { names } from "../shapes/places.ts";

const computes: MethodSpec = { effect: { kind: "cpu", computes: true }, returns: "value" };

export default library({
  id: "python-computing",
  language: "python",
  packages: ["bs4", "markdown", "croniter", "openpyxl", "bcrypt", "nltk", "docx"],
  exports: names("BeautifulSoup markdown croniter load_workbook hashpw checkpw word_tokenize Document", { value: "compute" }),
  types: { compute: { call: computes } },
});
