/** Types of the web platform that frameworks hand to handlers: their methods read what is there already. */
import type { TypeSpec } from "../../model/library.ts";
import { names } from "./places.ts";

/** Reading the body is part of the exchange that is running. */
const body = names("json text arrayBuffer blob formData buffer bytes", { returns: "value", promise: true } as const);
const bag = names("get getAll has set append delete keys values entries toString getSetCookie", { returns: "value" } as const);

export const webTypes: Readonly<Record<string, TypeSpec>> = {
  Request: { members: { ...body, clone: { returns: "same" }, headers: "Headers" } },
  Response: { members: { ...body, clone: { returns: "same" }, headers: "Headers" } },
  Headers: { members: bag },
  FormData: { members: bag },
};
