/**
 * What a call on a schema does, or one that makes a schema: "list" of what its argument checks, "fields" of the object that is given,
 * "most": no longer than the number; "changes": its function makes something else of it; "same": another schema for the same;
 * what was sent goes through it: "gives" it, "promises" it, or "answers" with it as `data`.
 */
export type Checks = "list" | "fields" | "most" | "changes" | "same" | "gives" | "promises" | "answers";
