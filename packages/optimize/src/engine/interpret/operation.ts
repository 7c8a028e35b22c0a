/** Operations as the interpretation records them: the model's, with uses that grow while it runs. */
import type { Operation as ModelOperation, Place, Use } from "../../model/project.ts";

export interface Operation extends ModelOperation {
  readonly uses: Map<Use, Place>;
  picks?: "columns" | "code";
}

export function note(operation: Operation | undefined, use: Use, place: Place): void {
  if (operation !== undefined && !operation.uses.has(use)) operation.uses.set(use, place);
}
