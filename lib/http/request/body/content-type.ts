import { AppError } from "../../../errors.ts";

/** The request's media type, lower case, without parameters; empty when it names none. */
function toMediaType(request: Request): string {
  return (request.headers.get("content-type") ?? "").split(";", 1).join("").trim().toLowerCase();
}

/** @throws AppError INVALID_INPUT unless the body is of one of these media types */
export function requireMediaType<Type extends string>(
  request: Request,
  types: readonly Type[],
): Type {
  const given = toMediaType(request);
  const type = types.find((candidate) => candidate === given);
  if (type !== undefined) return type;
  const wanted = types.join(" or ");
  const message = `This takes Content-Type ${wanted}, not ${given || "a body without one"}.`;
  throw new AppError("INVALID_INPUT", message, [{ path: "Content-Type", message }]);
}
