import { z } from "zod";

/** Request headers of reads that can answer 304. */
export const conditionalHeadersSchema = z.object({
  "If-None-Match": z.string().optional().meta({
    description: "Entity tags that the client has, or `*`; compared weakly.",
    example: '"1042.9f86d081"',
  }),
});

/** Request headers of a guarded write. */
export const ifMatchHeadersSchema = z.object({
  "If-Match": z.string().optional().meta({
    description: "The number's ETag as last seen: the write is refused when it has moved on.",
    example: '"v3"',
  }),
});

/** Response headers of resources with a version. */
export const etagHeaderSchema = z.object({
  ETag: z.string().meta({ description: "The version of this answer.", example: '"v3"' }),
});

/** Request headers of a write that may be sent again. */
export const idempotencyHeadersSchema = z.object({
  "Idempotency-Key": z.string().min(1).max(255).optional().meta({
    description:
      "Yours for this request, printable ASCII: sent again within 24 hours with the same body, If-Match and Prefer, it is not carried out again, and answered as the first time.",
    example: "5f0c7a52-6f2b-4a44-9d0c-0f4c0a5f7c11",
  }),
});

/** Response headers of a write that may be sent again. */
export const replayedHeaderSchema = z.object({
  "Idempotency-Replayed": z.literal("true").optional().meta({
    description: "This is the answer to the first request with this Idempotency-Key.",
  }),
});

/** Request headers of a change that may become a request. */
export const handlingHeadersSchema = z.object({
  Prefer: z.string().optional().meta({
    description: "`handling=strict`: 409 where two people are needed, instead of a request.",
    example: "handling=strict",
  }),
});
