import type { LoopedOperation, Place, Project, TransactionOperation } from "../../model/project.ts";
import { rule } from "../../model/rule.ts";
import { coldReason } from "../gates/hot.ts";
import { goesOverList, isSmall, repeatsOnPurpose, settledReason } from "../gates/repetition.ts";
import { isEmbedded, reachedName } from "../gates/statements.ts";
import { listName, pageOr } from "../gates/words.ts";

export default rule({
  id: "db/long-transaction-loop",
  title: "a transaction that is open as long as a list is",
  needs: ["facts"],
  provedBy: "how long the transaction's span is for lists of different length, and who waits for its locks meanwhile",

  tier: "candidate",
  check(project, report) {
    for (const { looped, held } of longest(project)) {
      report({
        place: held.transaction,
        function: held.transaction.function,
        message: `The transaction stays open for a statement for each element of ${listName(looped)}: ${reachedName(looped.operation, looped.path)} is waited for in every round, and the list ${pageOr(looped)}. The rows that it changed stay locked, and its connection taken, as long.`,
        advice:
          looped.operation.kind === "db-write"
            ? "Write all rows with one statement; or a portion of the list in each transaction, where the whole need not be taken back together."
            : "Read what the elements need before the transaction, with one statement, and keep the transaction for the writes.",
        effort: "M",
        path: [],
        operation: looped.operation,
        yieldsTo: looped.loop,
        atMost: "medium",
        related: [{ place: looped.loop.place, role: "the loop" }],
        tier: "candidate",
        reason: doubts(project, looped, held).join("; "),
      });
    }
  },
});

interface LongTransaction {
  readonly looped: LoopedOperation;
  readonly held: TransactionOperation;
}

/** One loop for each transaction: the one with the shortest way. */
function longest(project: Project): readonly LongTransaction[] {
  const byOperation = new Map<string, TransactionOperation[]>();
  for (const held of project.transactions) {
    const list = byOperation.get(held.operation.id);
    if (list === undefined) byOperation.set(held.operation.id, [held]);
    else list.push(held);
  }
  const found = new Map<string, LongTransaction>();
  for (const looped of [...project.looped].sort((a, b) => a.path.length - b.path.length)) {
    if (!isWaitedForEach(looped)) continue;
    for (const held of byOperation.get(looped.operation.id) ?? []) {
      if (!isWithin(looped, held)) continue;
      const key = `${held.transaction.file}:${String(held.transaction.at)}`;
      if (!found.has(key)) found.set(key, { looped, held });
    }
  }
  return [...found.values()];
}

function isWaitedForEach(looped: LoopedOperation): boolean {
  const { operation, loop } = looped;
  if (operation.kind !== "db-read" && operation.kind !== "db-write") return false;
  // A list of writes that a unit of work sends together is no statement a round.
  if (operation.spec.transaction !== undefined || operation.spec.pending === true || isEmbedded(operation)) return false;
  if (looped.ownTransaction || looped.memoized || looped.perLiteral || looped.floating) return false;
  return looped.relation === "element" && goesOverList(loop) && !isSmall(looped) && !repeatsOnPurpose(loop);
}

/** The loop is on the way from the transaction to the statement, and does not open it. */
function isWithin({ loop, operation }: LoopedOperation, { path, transaction }: TransactionOperation): boolean {
  const holds = (place: Place): boolean => place.file === loop.place.file && loop.place.at <= place.at && place.end <= loop.place.end;
  return !holds(transaction) && (holds(operation.place) || path.some(({ place }) => holds(place)));
}

function doubts(project: Project, looped: LoopedOperation, { conditional, transaction }: TransactionOperation): readonly string[] {
  const reasons = [...coldReason(project, transaction.function), ...settledReason(looped.loop)];
  if (conditional || looped.partly) reasons.push("only some elements lead there");
  reasons.push(looped.loop.rows?.limited === true ? "the list is a page of rows" : "how long the list may be is not known");
  return reasons;
}
