/** Files that requests choose and that are read whole. */
import type { WholeFile } from "../../model/local.ts";
import type { Project } from "../../model/project.ts";
import type { HotOperation } from "./hot.ts";
import { hotOperations } from "./hot.ts";

/** Those of one form that an entry reaches, and whose path depends on what the entry was given: the program does not know how large they are. */
export function wholeFiles(project: Project, form: WholeFile["form"]): readonly HotOperation[] {
  const places = new Set(
    project.locals.wholeFiles.flatMap((one) => (one.form === form ? [`${one.place.file}:${String(one.place.at)}`] : [])),
  );
  if (places.size === 0) return [];
  return hotOperations(
    project,
    ({ operation, fromRequest, memoized }) =>
      operation.kind === "file-read" && fromRequest && !memoized && places.has(`${operation.place.file}:${String(operation.place.at)}`),
  );
}
