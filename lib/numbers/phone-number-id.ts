import { z } from "zod";

/** Meta's `phone_number_id`: digits, but always a string, since it can be too long for an exact number. */
export const phoneNumberIdSchema = z
  .string({ error: "A phone_number_id must be a string of digits, in quotes." })
  .regex(/^[0-9]{1,32}$/, "A phone_number_id is 1 to 32 digits and nothing else.")
  .meta({
    id: "PhoneNumberId",
    description: "Meta's phone_number_id.",
    example: "106540352242922",
  });
