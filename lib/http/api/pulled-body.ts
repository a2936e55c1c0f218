/**
 * Text as a response's body. Pulled: nothing is made before what came before it was taken, so
 * that a slow reader costs no memory. That the reader left is told by the stream itself: the
 * request's own signal is gone once the request is garbage.
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
