/** A rule asks the project and reports places. */
import type { Evidence } from "./evidence.ts";
import type { Effort, Severity, Tier } from "./finding.ts";
import type { PlanProof } from "./index-question.ts";
import type { FunctionInfo, Loop, Operation, Place, Project, Step } from "./project.ts";

/** "planner": what it asks of `project.planned` is answered before it is run again. */
export type Need = "facts" | "schema" | "planner" | "plan" | "span" | "heap" | "cpu";

export interface Rule {
  /** `category/problem-name`; reads well after "allow". */
  readonly id: string;
  /** The problem in a few words, for lists. */
  readonly title: string;
  readonly needs: readonly Need[];
  /** What evidence would prove a finding, in one sentence. */
  readonly provedBy: string;
  /** Kinds of evidence that `optimize measure` gathers and that show the problem itself at the place of a finding. */
  readonly confirmedBy?: readonly Evidence["kind"][];
  /** What `optimize add` puts into a project against it, by the language of the place. */
  readonly recipe?: Readonly<Partial<Record<"javascript" | "python", string>>>;
  /** The highest tier that the rule may give without evidence. */
  readonly tier: Exclude<Tier, "proven">;
  check(project: Project, report: (found: Found) => void): void;
}

/** What a rule reports; the engine adds id, severity, routes, impact, code and folds what is one place. */
export interface Found {
  readonly place: Place;
  readonly function: FunctionInfo;
  readonly tier: Exclude<Tier, "proven">;
  /** One or two plain sentences: what happens here and why it costs. Names of the project's things in backticks. */
  readonly message: string;
  /** One fix, in one sentence. */
  readonly advice: string;
  readonly effort: Effort;
  /** Why not likely, for candidates. */
  readonly reason?: string;
  /** The place's code after the advice, when the rule can write it. */
  readonly better?: string;
  /** Calls from the place down to the operation. */
  readonly path: readonly Step[];
  readonly operation?: Operation;
  /** The loop that multiplies it: findings of one loop and one line are folded into the most specific. */
  readonly loop?: Loop;
  /** A likely finding about that loop says the same with a nearer fix: this one is left out then. */
  readonly yieldsTo?: Loop;
  readonly related?: readonly RelatedPlace[];
  /** What a planner chose without and with the index that is missing. */
  readonly plan?: PlanProof;
  /** What sets it in motion again and again when no entry is seen to: a component that is mounted, an instance that is made. */
  readonly again?: true;
  /** It speaks of how much is loaded, not of how often: what another rule says of the place leaves it as it is, and the other way round. */
  readonly beside?: true;
  /** The severity is never above this: cheap by nature, however many routes reach it. */
  readonly atMost?: Severity;
  /** Findings of the rule with the same group have one fix, away from their places: one is shown and names the others. */
  readonly group?: string;
  /** Only some of the elements lead there. */
  readonly sometimes?: boolean;
}

/** A further place of a finding, in the order in which a reader follows them. */
export interface RelatedPlace {
  readonly place: Place;
  /** Why the place matters: "calls", "entry", "the loop". */
  readonly role: string;
  readonly note?: string;
}

export function rule(spec: Rule): Rule {
  return spec;
}
