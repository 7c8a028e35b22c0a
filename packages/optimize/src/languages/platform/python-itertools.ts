/** What cuts a list into pieces. */
import { library } from "../../model/library.ts";
import { names } from "../shapes/places.ts";

export default library({
  id: "python-itertools",
  language: "python",
  packages: ["itertools", "more_itertools", "toolz", "cytoolz"],
  exports: {
    ...names("batched chunked ichunked sliced", { value: "Pieces" }),
    partition_all: { value: "SizedPieces" },
  },
  types: {
    Pieces: { call: { returns: { chunksOf: 0 } } },
    SizedPieces: { call: { returns: { chunksOf: 1 } } },
  },
});
