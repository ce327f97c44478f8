// OAuth clients of Support.

import assert from "node:assert/strict";

import createClient from "openapi-fetch";

import { server } from "./document.js";
import type { paths } from "./openapi.js";
import {
  environment,
  expect,
  failure,
  limit,
  needed,
  step,
  success,
} from "./scenario.js";
import type { Answer, Body, Path, Query } from "./types.js";

type OAuthClientId = Path<"show_oauth_client">["oauth_client_id"];

// openapi-fetch gives one type for all errors of an operation, and headers as
// text. What the document says of a status is taken from it here.
type NotFound = Answer<"show_oauth_client", 404>["content"]["application/json"];
type Unprocessable = Answer<
  "create_oauth_client",
  422
>["content"]["application/json"];
type TooManyRequests = Answer<"list_my_oauth_clients", 429>;
type RetryAfter = TooManyRequests["headers"]["Retry-After"];
type PlainText = TooManyRequests["content"]["text/plain"];

const client = createClient<paths>({
  baseUrl: environment("ZENDESK_URL") + server,
  headers: { Authorization: `Bearer ${environment("ZENDESK_TOKEN")}` },
});

export async function run(): Promise<void> {
  const created = await step("create", async () => {
    const answer = await client.POST("/api/v2/oauth/clients", {
      body: {
        client: {
          name: "Scenario",
          identifier: "scenario",
          kind: "confidential",
        },
      } satisfies Body<"create_oauth_client">,
    });
    const made = success(answer, 201).client;
    expect("kind", made.kind, "confidential");
    expect("identifier", made.identifier, "scenario");
    assert(
      made.id !== undefined && Number.isSafeInteger(made.id) && made.id > 0,
      "the id is no positive integer",
    );
    const location = answer.response.headers.get("Location") ?? "";
    expect(
      "path of Location",
      new URL(location).pathname,
      `/api/v2/oauth/clients/${made.id}.json`,
    );
    return { id: made.id, secret: made.secret };
  });

  await step("secret-once", async () => {
    const { id, secret } = needed(created, "create");
    assertWhole(secret);
    const shown = success(await show(id), 200).client.secret;
    assert(
      shown?.endsWith("..."),
      "the secret that show gives is not truncated",
    );
    assert(shown !== secret, "show gives the secret of create");
  });

  await step("list-pages", async () => {
    const query: Query<"list_oauth_clients"> = { "page[size]": 2 };
    const ids: (number | undefined)[] = [];
    for (const page of [
      { clients: 2, has_more: true },
      { clients: 2, has_more: true },
      { clients: 1, has_more: false },
    ]) {
      const { clients, meta } = success(
        await client.GET("/api/v2/oauth/clients", { params: { query } }),
        200,
      );
      expect(
        "page",
        { clients: clients.length, has_more: meta?.has_more },
        page,
      );
      ids.push(...clients.map(({ id }) => id));
      if (meta?.after_cursor) query["page[after]"] = meta.after_cursor;
    }
    expect("different ids", new Set(ids).size, 5);
    assert(
      ids.includes(needed(created, "create").id),
      "the new client is on none of the pages",
    );
  });

  await step("update", async () => {
    const { id } = needed(created, "create");
    const answer = await client.PUT("/api/v2/oauth/clients/{oauth_client_id}", {
      params: { path: { oauth_client_id: id } },
      body: {
        client: { name: "Scenario, renamed" },
      } satisfies Body<"update_oauth_client">,
    });
    expect("name", success(answer, 200).client.name, "Scenario, renamed");
    expect(
      "name that show gives",
      success(await show(id), 200).client.name,
      "Scenario, renamed",
    );
  });

  await step("generate-secret", async () => {
    const { id, secret } = needed(created, "create");
    const answer = await client.PUT(
      "/api/v2/oauth/clients/{oauth_client_id}/generate_secret",
      {
        params: { path: { oauth_client_id: id } },
      },
    );
    const generated = success(answer, 200).client.secret;
    assertWhole(generated);
    assert(generated !== secret, "the secret is still that of create");
  });

  await step("not-found", async () => {
    // An id is a `number`, which is exact up to 2^53 - 1 only: this one would
    // become another.
    const id = 9007199254740993n;
    const idsAreNumbers: [OAuthClientId] extends [number] ? true : false = true;
    assert(
      idsAreNumbers && BigInt(Number(id)) !== id,
      "the id fits into a number",
    );
    limit("not-found", "int64-is-number");

    const answer = await client.GET("/api/v2/oauth/clients/{oauth_client_id}", {
      params: { path: { oauth_client_id: Number(id) } },
      pathSerializer: (path) => path.replace("{oauth_client_id}", String(id)),
    });
    expect(
      "path",
      new URL(answer.response.url).pathname,
      `/api/v2/oauth/clients/${id}`,
    );
    expect("error", cause(failure(answer, 404)), "RecordNotFound");
  });

  await step("unprocessable", async () => {
    const answer = await client.POST("/api/v2/oauth/clients", {
      body: {
        client: { name: "Again", identifier: "first" },
      } satisfies Body<"create_oauth_client">,
    });
    expect("error", cause(failure(answer, 422)), "RecordInvalid");
  });

  await step("too-many-requests", async () => {
    const answer = await client.GET("/api/v2/users/me/oauth/clients");
    const text = failure(answer, 429);
    expect("type of the error", typeof text, "string");
    const seconds = answer.response.headers.get("Retry-After");
    expect<RetryAfter>("Retry-After", Number(seconds), 7);
  });

  await step("delete", async () => {
    const { id } = needed(created, "create");
    const { response } = await client.DELETE(
      "/api/v2/oauth/clients/{oauth_client_id}",
      {
        params: { path: { oauth_client_id: id } },
      },
    );
    expect("status", response.status, 204);
    expect("error", cause(failure(await show(id), 404)), "RecordNotFound");
  });
}

function show(id: OAuthClientId) {
  return client.GET("/api/v2/oauth/clients/{oauth_client_id}", {
    params: { path: { oauth_client_id: id } },
  });
}

/** An error is JSON from the API itself, text from what stands before it. */
function cause(error: NotFound | Unprocessable | PlainText) {
  return typeof error === "string" ? undefined : error.error;
}

function assertWhole(secret: string | undefined): void {
  assert(
    secret !== undefined && secret.length > 20 && !secret.includes("..."),
    "the secret is not whole",
  );
}
