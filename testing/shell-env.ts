/** What a shell has, and no more; but for Node's compile cache, which takes a third off what a program costs to start. */
export function shellEnv(): { PATH: string; NODE_COMPILE_CACHE?: string } {
  const { PATH = "", NODE_COMPILE_CACHE } = process.env;
  return NODE_COMPILE_CACHE === undefined ? { PATH } : { PATH, NODE_COMPILE_CACHE };
}
