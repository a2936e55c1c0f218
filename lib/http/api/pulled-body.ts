/**
 * A response body from text chunks. Each is generated only when the one before it was read, so that a
 * slow reader costs no memory. The stream itself reports that the reader left: the request's signal is
 * gone once the request is garbage-collected.
 */
export function toPulledBody(
  chunks: AsyncGenerator<string>,
  onLeave: () => void = () => {},
): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  return new ReadableStream(
    {
      pull: async (controller) => {
        const { value, done } = await chunks.next();
        if (done) controller.close();
        else controller.enqueue(encoder.encode(value));
      },
      cancel: async () => {
        onLeave();
        await chunks.return(undefined);
      },
    },
    { highWaterMark: 0 },
  );
}
