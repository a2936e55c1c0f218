import { z } from "zod";
import type { Graph } from "./graph-client.ts";

/** Short, since a send waits for it, and Meta decides anyway. */
const ANSWER_MS = 2_000;

const answer = z.object({ data: z.array(z.object({ name: z.string(), category: z.string() })) });

/**
 * The categories of a template's versions, one a language; empty for a template that does not exist, null
 * if Meta did not answer. Never throws.
 *
 * Source: Meta's documents, "Template management", `GET {waba}/message_templates`.
 */
export async function getTemplateCategories(
  graph: Graph,
  { wabaId, name }: { wabaId: string; name: string },
): Promise<string[] | null> {
  const query = new URLSearchParams({ name, fields: "name,category,language", limit: "100" });
  try {
    const response = await fetch(
      `${graph.url}/${encodeURIComponent(wabaId)}/message_templates?${query}`,
      {
        headers: graph.token === null ? {} : { authorization: `Bearer ${graph.token}` },
        redirect: "error",
        signal: AbortSignal.timeout(ANSWER_MS),
      },
    );
    if (!response.ok) {
      // Node ends the process if an answer ends while its body waits for a reader.
      await response.body?.cancel();
      return null;
    }
    const { data } = answer.parse(await response.json());
    // Meta's filter also finds names that only contain this one.
    return data.filter((one) => one.name === name).map(({ category }) => category);
  } catch {
    return null;
  }
}
