/** What an operation answers, before it is a response, so that it can be kept for a retry. */
export type Reply = {
  /** Default: 200. */
  status?: number;
  body: unknown;
  headers?: Readonly<Record<string, string>>;
};

/** The response of a reply, as JSON. */
export function toResponse({ status = 200, body, headers = {} }: Reply): Response {
  return Response.json(body, { status, headers });
}
