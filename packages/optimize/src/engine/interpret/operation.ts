/** Operations as the interpretation records them: the model's, with uses that grow while it runs. */
import type { Operation as ModelOperation, Place, Use } from "../../model/project.ts";

export interface Operation extends Omit<ModelOperation, "timeout"> {
  readonly uses: Map<Use, Place>;
  timeout: boolean;
  /** Whether a time limit was seen, by the summary that saw the call. */
  readonly timeouts: Map<string, boolean>;
  /** Where the client was made; "export" for the one that the library comes with. */
  readonly client: string;
  picks?: "columns" | "code";
  within?: boolean;
}

export function note(operation: Operation | undefined, use: Use, place: Place): void {
  if (operation !== undefined && !operation.uses.has(use)) operation.uses.set(use, place);
}
