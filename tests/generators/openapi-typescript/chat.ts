// OAuth tokens of Chat.

import createClient from "openapi-fetch";

import { chat, server } from "./document.js";
import type { paths } from "./openapi.js";
import { environment, expect, step, success } from "./scenario.js";

const client = createClient<paths>({
  baseUrl: environment("ZENDESK_URL") + server,
  headers: { Authorization: `Bearer ${environment("ZENDESK_CHAT_TOKEN")}` },
});

export async function run(): Promise<void> {
  await step("list", async () => {
    const tokens = success(await list(), 200);
    expect<[number, string | undefined][]>(
      "ids and scopes",
      tokens.map(({ id, scopes }) => [id, scopes]),
      [
        [38, "read write chat"],
        [39, "read"],
      ],
    );
  });

  await step("revoke", async () => {
    const { response } = await client.DELETE(
      `${chat}/oauth/tokens/{oauth_token_id}`,
      {
        params: { path: { oauth_token_id: 39 } },
      },
    );
    expect("status", response.status, 204);
    expect(
      "ids",
      success(await list(), 200).map(({ id }) => id),
      [38],
    );
  });
}

function list() {
  return client.GET(`${chat}/oauth/tokens`);
}
