import { z } from "zod";
import { phoneNumberIdSchema } from "../../../numbers/phone-number-id.ts";

/** The path parameters of everything about one number. */
export const numberPathSchema = z.object({ phoneNumberId: phoneNumberIdSchema });
