/** What a list of statements costs when some of them may leave it. */
import type { Cost } from "../../model/formula.ts";
import { atLeast, either, free, inSequence, perhaps } from "../../model/formula.ts";
import type { Activation } from "./activation.ts";

export class WayCosts {
  /** The last statement fails: the end is no way through. */
  fails = false;
  /** Ways out: each is a whole way. */
  private exits: Cost | undefined;
  /** Ways out that answer an error: no other way through, but something that may be done. */
  private errors: Cost | undefined;
  /** Up to a statement of which it is not known what it costs when it leaves; what was said before it of ways out. */
  private before: Cost | undefined;
  private exitsBefore: Cost | undefined;

  /** The statement just executed may have left, with an error when `wrong`. */
  leave(act: Activation, wrong: boolean): void {
    const { leaving } = act;
    if (wrong) this.errors = leaving === undefined ? this.errors : eitherOf(this.errors, leaving);
    else if (leaving !== undefined) this.exits = eitherOf(this.exits, leaving);
    else if (this.before === undefined) {
      // What follows runs only when that statement did not leave.
      this.before = act.cost;
      this.exitsBefore = this.most(this.exits);
      this.exits = undefined;
      act.cost = free;
    }
  }

  /** Sets what all ways together cost. */
  join(act: Activation): void {
    act.leaving = undefined;
    const { exits } = this;
    const end = exits === undefined ? act.cost : this.fails ? atLeast(exits, either(exits, act.cost)) : either(exits, act.cost);
    const cost = this.most(end) ?? end;
    if (this.before === undefined) act.cost = cost;
    else {
      const after = inSequence(this.before, perhaps(cost));
      act.cost = eitherOf(this.exitsBefore, after);
    }
  }

  private most(cost: Cost | undefined): Cost | undefined {
    const { errors } = this;
    if (errors === undefined || cost === undefined) return cost;
    this.errors = undefined;
    return atLeast(cost, either(cost, errors));
  }
}

function eitherOf(known: Cost | undefined, other: Cost): Cost {
  return known === undefined ? other : either(known, other);
}
