// What the document says of one operation. openapi-fetch lets members pass that
// the document does not have; `satisfies` with one of these types does not.

import type { operations } from "./openapi.js";

type Name = keyof operations;

export type Path<N extends Name> = operations[N]["parameters"]["path"];

export type Query<N extends Name> = NonNullable<
  operations[N]["parameters"]["query"]
>;

export type Body<N extends Name> = operations[N] extends {
  requestBody: { content: { "application/json": infer Json } };
}
  ? Json
  : never;

export type Answer<
  N extends Name,
  Status extends keyof operations[N]["responses"],
> = operations[N]["responses"][Status];
