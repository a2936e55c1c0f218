import type { SendProblem } from "#sdk/rules.ts";

/** A request to send is refused; the answer names the field and why. */
export class SendRefused extends Error {
  override name = "SendRefused";
  readonly problem: SendProblem;
  /** Of a request with several recipients: all that is wrong with it. */
  readonly problems: readonly SendProblem[];

  constructor(problem: SendProblem, problems: readonly SendProblem[] = [problem]) {
    super(problem.message);
    this.problem = problem;
    this.problems = problems;
  }
}
