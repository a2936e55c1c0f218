import { Ajv } from "ajv";

const VALUES = ["boolean", "string", "integer", "number", "object"];
const text = { type: "string" };
const scalars = { type: "object", additionalProperties: { type: ["boolean", "string", "number"] } };

function failure(...errorCodes: string[]) {
  const errorCode = errorCodes.length > 0 ? { enum: errorCodes } : text;
  return { type: "object", required: ["errorCode"], properties: { errorCode, errorDetails: text } };
}

const KEYED = { type: "object", required: ["key"], properties: { key: text } };
const EVALUATION_FAILURE = {
  allOf: [KEYED, failure("PARSE_ERROR", "TARGETING_KEY_MISSING", "INVALID_CONTEXT", "GENERAL")],
};
const EVALUATION_SUCCESS = {
  type: "object",
  properties: {
    key: text,
    reason: { enum: ["STATIC", "TARGETING_MATCH", "SPLIT", "DISABLED", "UNKNOWN"] },
    variant: text,
    metadata: scalars,
    value: { anyOf: VALUES.map((type) => ({ type })) },
  },
};
const BULK_SUCCESS = {
  type: "object",
  required: ["flags"],
  properties: {
    flags: { type: "array", items: { anyOf: [EVALUATION_SUCCESS, EVALUATION_FAILURE] } },
    metadata: scalars,
  },
};
const GENERAL_ERROR = { type: "object", properties: { errorDetails: text } };

const ajv = new Ajv({ allowUnionTypes: true });

/**
 * The answers of OFREP 0.3.0 by status, transcribed from its document (open-feature/protocol,
 * service/openapi.yaml). Its `oneOf` is `anyOf` here: `oneOf` refuses every ordinary answer, since one
 * with a value also matches the schema of a flag without a value.
 */
export const OFREP_ANSWERS = {
  flag: {
    200: ajv.compile(EVALUATION_SUCCESS),
    400: ajv.compile(EVALUATION_FAILURE),
    404: ajv.compile({ allOf: [KEYED, failure("FLAG_NOT_FOUND")] }),
    500: ajv.compile(GENERAL_ERROR),
  },
  flags: {
    200: ajv.compile(BULK_SUCCESS),
    400: ajv.compile(failure()),
    500: ajv.compile(GENERAL_ERROR),
  },
};
