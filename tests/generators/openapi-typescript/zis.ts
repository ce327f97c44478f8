// OAuth connections of ZIS.

import assert from "node:assert/strict";

import createClient from "openapi-fetch";

import { server } from "./document.js";
import type { paths } from "./openapi.js";
import { environment, expect, needed, step, success } from "./scenario.js";
import type { Answer, Body, Query } from "./types.js";

type Location = Answer<"start_oauth_redirect", 307>["headers"]["Location"];

const origin = "https://client.int/callback";
const path = { integration: "my_integration" };

const client = createClient<paths>({
  baseUrl: environment("ZENDESK_URL") + server,
  headers: { Authorization: `Bearer ${environment("ZENDESK_ZIS_TOKEN")}` },
});

export async function run(): Promise<void> {
  const redirectUrl = await step("start", async () => {
    const answer = await client.POST(
      "/api/services/zis/connections/oauth/start/{integration}",
      {
        params: { path },
        body: {
          name: "scenario_connection",
          oauth_client_name: "my_oauth_client",
          origin_oauth_redirect_url: origin,
          allow_offline_access: true,
        } satisfies Body<"start_oauth_flow">,
      },
    );
    return new URL(success(answer, 200).redirect_url);
  });

  const location = await step("redirect", async () => {
    const flowToken = needed(redirectUrl, "start").searchParams.get(
      "flow_token",
    );
    assert(flowToken, "redirect_url has no flow_token");
    // The token stands for credentials, so none are sent. A browser follows the
    // redirect; a program looks at it.
    const { response } = await client.GET(
      "/api/services/zis/connections/oauth/start_redirect",
      {
        params: { query: { flow_token: flowToken } },
        headers: { Authorization: null },
        redirect: "manual",
      },
    );
    expect("status", response.status, 307);
    const location = response.headers.get("Location");
    assert(location, "the 307 has no Location");
    return location satisfies Location;
  });

  const exchanged = await step("exchange", async () => {
    const callback = await browse(needed(location, "redirect"));
    const verificationCode = callback.searchParams.get("verification_code");
    assert(verificationCode, "the callback has no verification_code");
    const answer = await client.GET(
      "/api/services/zis/connections/oauth/access_codes/{integration}",
      {
        params: { path, query: { verification_code: verificationCode } },
      },
    );
    const { uuid, access_token } = success(answer, 200);
    assert(uuid, "the connection has no uuid");
    assert(access_token, "the connection has no access_token");
    return { uuid, access_token };
  });

  await step("show", async () => {
    const answer = await client.GET(
      "/api/services/zis/connections/{integration}",
      {
        params: {
          path,
          query: {
            name: "scenario_connection",
          } satisfies Query<"show_oauth_connection">,
        },
      },
    );
    expect(
      "uuid",
      success(answer, 200).uuid,
      needed(exchanged, "exchange").uuid,
    );
  });

  await step("refresh", async () => {
    const { uuid, access_token } = needed(exchanged, "exchange");
    const answer = await client.GET(
      "/api/services/zis/connections/refresh/{integration}",
      {
        params: {
          path,
          query: { uuid } satisfies Query<"refresh_oauth_token">,
        },
      },
    );
    const refreshed = success(answer, 200).access_token;
    assert(refreshed, "the connection has no access_token");
    assert(
      refreshed !== access_token,
      "the access_token is still that of the exchange",
    );
  });
}

/** The browser's part, in plain HTTP: follows redirects up to the origin. */
async function browse(start: string): Promise<URL> {
  let url = new URL(start);
  for (let hops = 0; hops < 10 && !url.href.startsWith(origin); hops += 1) {
    const { headers, status } = await fetch(url, { redirect: "manual" });
    const location = headers.get("Location");
    assert(
      location,
      `expected a redirect on the way to the origin, came ${status}`,
    );
    url = new URL(location, url);
  }
  assert(
    url.href.startsWith(origin),
    "10 redirects did not lead to the origin",
  );
  return url;
}
