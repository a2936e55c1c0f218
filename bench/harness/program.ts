import { fork } from "node:child_process";
import { once } from "node:events";
import path from "node:path";

/** A child process that answers questions. */
export type Program = {
  /** Sends a question and resolves to the answer, whose form the program defines. */
  ask: <Answer>(question: string, about?: object) => Promise<Answer>;
  stop: () => Promise<void>;
};

export type Question = { number: number; question: string; about: object };
type Reply = { number: number; answer?: unknown; error?: string };

/** Starts the named program of bench/programs/; resolves once it is ready. */
export async function startProgram(
  name: string,
  { settings, engineOptions }: { settings: object; engineOptions: readonly string[] },
): Promise<Program> {
  const file = path.join(import.meta.dirname, "..", "programs", `${name}.ts`);
  const child = fork(file, [JSON.stringify(settings)], {
    env: { ...process.env, NODE_ENV: "production" },
    execArgv: [...engineOptions, "--expose-gc"],
    serialization: "advanced",
  });
  const exited = once(child, "exit");
  const waiting = new Map<number, (reply: Reply) => void>();
  child.on("message", (reply: Reply) => waiting.get(reply.number)?.(reply));
  void exited.then(() => {
    for (const [number, settle] of waiting) settle({ number, error: `${name} ended.` });
  });
  let count = 0;
  const ask = async <Answer>(question: string, about: object = {}): Promise<Answer> => {
    const number = ++count;
    const reply = await new Promise<Reply>((resolve) => {
      waiting.set(number, resolve);
      child.send({ number, question, about } satisfies Question);
    });
    waiting.delete(number);
    if (reply.error !== undefined) throw new Error(reply.error);
    return reply.answer as Answer;
  };
  const stop = async () => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    child.kill("SIGTERM");
    await exited;
  };
  await ask("ready");
  return { ask, stop };
}
