import type { AwaitGroup, AwaitStep } from "../../model/awaits.ts";
import type { Place, Project } from "../../model/project.ts";
import type { Found } from "../../model/rule.ts";
import { rule } from "../../model/rule.ts";
import { independentSteps, stretches } from "../gates/independence.ts";
import { coldReason } from "../gates/hot.ts";
import { reasonOf } from "../gates/words.ts";

export default rule({
  id: "async/sequential-independent-awaits",
  title: "awaits that follow each other without need",
  needs: ["facts"],
  provedBy: "spans that never overlap although neither needs the other, and a paired run with both started together",
  confirmedBy: ["sequential"],
  tier: "likely",
  check(project, report) {
    for (const group of project.awaits) {
      const choices = group.insidePromiseAll ? insideArray(group) : inBlock(group);
      for (const choice of choices) report(found(project, group, choice));
    }
  },
});

interface Choice {
  readonly steps: readonly AwaitStep[];
  readonly doubts: readonly string[];
}

/** The author wants them to run together: what they do does not matter, only that none needs another. */
function insideArray(group: AwaitGroup): readonly Choice[] {
  const steps = independentSteps(group.steps, (step) => !step.serialised);
  return steps.length < 2 ? [] : [{ steps, doubts: [] }];
}

/** Proven reads; where a part of the block has none, those whose writes happen on some paths only, or that call something unknown. */
function inBlock(group: AwaitGroup): readonly Choice[] {
  return stretches(group.steps, () => false).flatMap((part) => {
    const proven = stretches(part, (step) => doubtsOf(step).length > 0)
      .map((stretch) => ({ steps: chosenFrom(group, stretch), doubts: [] }))
      .filter(({ steps }) => steps.length >= 2);
    if (proven.length > 0) return proven;
    const steps = chosenFrom(group, part);
    return steps.length < 2 ? [] : [{ steps, doubts: [...new Set(part.flatMap(doubtsOf))] }];
  });
}

function chosenFrom(group: AwaitGroup, stretch: readonly AwaitStep[]): readonly AwaitStep[] {
  return independentSteps(group.steps, (step) => step.reads.length > 0 && stretch.includes(step));
}

function doubtsOf(step: AwaitStep): readonly string[] {
  const reasons: string[] = [];
  if (step.conditionalWrites.length > 0) reasons.push(`\`${step.name}\` writes on some paths`);
  const lost =
    step.unknown[0] ??
    step.unknownInside.find((name) => step.reads.length === 0 || changing.test(lastName(name)) || changing.test(lastName(step.name)));
  if (lost !== undefined) reasons.push(`\`${step.name}\` calls \`${lost}\`, which could not be resolved`);
  return reasons;
}

/**
 * Deep inside of a function that is known to read, a call that could not be resolved (a hook, a driver's cursor) is taken to read too,
 * unless its name, or that of the function, says that it changes something.
 */
const changing =
  /^(add|append|apply|clear|create|decrement|delete|destroy|drop|emit|enqueue|ensure|execute|increment|insert|mark|mutate|patch|persist|post|publish|push|put|record|register|remove|replace|reset|save|send|set|store|sync|track|trigger|unset|update|upsert|write)(?![a-z])/;

function lastName(name: string): string {
  return name.replace(/\(\)$/, "").slice(name.lastIndexOf(".") + 1);
}

function found(project: Project, group: AwaitGroup, { steps, doubts }: Choice): Found {
  const first = steps[0] as AwaitStep;
  const rest = steps.slice(1);
  const names = steps.map((step) => `\`${step.name}\``).join(", ");
  return {
    place: spanning(first.place, (steps[steps.length - 1] as AwaitStep).place),
    function: group.function,
    message: group.insidePromiseAll
      ? `The \`await\`s inside the array run before \`Promise.all\` does: ${names} wait for each other although none needs another's result.`
      : `${steps.length} awaits wait for each other although none needs another's result: ${names} only read. The time is their sum and could be that of the slowest.`,
    advice: group.insidePromiseAll
      ? "Drop the inner `await`s and pass the promises themselves."
      : `Start them together and await them with one ${group.function.language === "python" ? "`asyncio.gather`" : "`Promise.all`"}.`,
    effort: "S",
    path: [],
    related: rest.map((step) => ({ place: step.place, role: "independent", note: step.name })),
    ...(first.reads[0] === undefined ? {} : { operation: first.reads[0] }),
    ...reasonOf([...coldReason(project, group.function), ...doubts]),
  };
}

function spanning(first: Place, last: Place): Place {
  return { ...first, end: last.end, endLine: last.endLine };
}
