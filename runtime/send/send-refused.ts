import type { SendProblem } from "#sdk/rules.ts";

/** A request to send is refused; the answer names the field and the reason. */
export class SendRefused extends Error {
  override name = "SendRefused";
  readonly problem: SendProblem;
  /** All problems of a request with several recipients. */
  readonly problems: readonly SendProblem[];

  constructor(problem: SendProblem, problems: readonly SendProblem[] = [problem]) {
    super(problem.message);
    this.problem = problem;
    this.problems = problems;
  }
}
