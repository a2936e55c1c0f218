export type StreamedEvent = { event: string; id: string; data: unknown };

/** Opens a stream of server-sent events and reads one event after the other; comments are counted. */
export async function openStream(
  url: string,
  headers: Record<string, string>,
  leaving = new AbortController(),
) {
  const response = await fetch(url, { headers, signal: leaving.signal });
  const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
  let text = "";
  const next = async (): Promise<StreamedEvent | null> => {
    for (;;) {
      const end = text.indexOf("\n\n");
      if (end >= 0) {
        const block = text.slice(0, end);
        text = text.slice(end + 2);
        if (!block.startsWith(":")) return toEvent(block);
        continue;
      }
      const read = await reader?.read();
      if (!read || read.done) return null;
      text += read.value;
    }
  };
  return { response, next, leave: () => leaving.abort() };
}

function toEvent(block: string): StreamedEvent {
  const fields = new Map(
    block.split("\n").map((line) => {
      const [name = "", ...rest] = line.split(": ");
      return [name, rest.join(": ")];
    }),
  );
  return {
    event: fields.get("event") ?? "message",
    id: fields.get("id") ?? "",
    data: JSON.parse(fields.get("data") ?? "null"),
  };
}
