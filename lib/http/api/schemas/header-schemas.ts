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
