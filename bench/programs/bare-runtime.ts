import Fastify from "fastify";
import { answerQuestions } from "../harness/answer-questions.ts";

// The reference: the runtime's server, which parses a payload, answers it, and does nothing else.
const app = Fastify();
app.removeAllContentTypeParsers();
app.addContentTypeParser("application/json", { parseAs: "buffer" }, (_, body, done) =>
  done(null, body),
);
app.post("/meta/webhook", async (request, reply) => {
  JSON.parse(String(request.body));
  return reply.send();
});
const url = await app.listen({ host: "127.0.0.1", port: 0 });

answerQuestions({ url: () => url });
