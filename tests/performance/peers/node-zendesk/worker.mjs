// The work by node-zendesk. Orders come as `xtask/src/bench/worker.rs` says.
import { createRequire } from "node:module";
import { createInterface } from "node:readline";

const require = createRequire(import.meta.url);
const { createClient } = require("node-zendesk");
// The package does not export its package.json.
const { packages } = require("./package-lock.json");
const { version } = packages["node_modules/node-zendesk"];

const MODULUS = 1000003;

const zendesk = createClient({
  endpointUri: `${process.env.ZENDESK_URL}/api/v2`,
  username: "admin@example.com",
  subdomain: "example",
  token: process.env.ZENDESK_TOKEN,
  useOAuth: true,
});

function same(got, wanted) {
  if (got !== wanted) {
    throw new Error(`got ${JSON.stringify(got)} instead of ${JSON.stringify(wanted)}`);
  }
}

// It resolves with the answer of a refusal too, as if that were a record.
function id(client) {
  if (!Number.isSafeInteger(client?.id)) {
    throw new Error(`a record without an id: ${JSON.stringify(client)}`);
  }
  return client.id % MODULUS;
}

const works = {
  async show(order) {
    let check = 0;
    for (let done = 0; done < order.times; done += 1) {
      const { result } = await zendesk.oauthclients.show(order.id);
      const client = result.client ?? result;
      same(client.id, order.id);
      check += id(client);
    }
    return { items: order.times, check };
  },
  async list(order) {
    let items = 0;
    let check = 0;
    for (let done = 0; done < order.times; done += 1) {
      for (const client of await zendesk.oauthclients.list()) {
        items += 1;
        check += id(client);
      }
    }
    return { items, check };
  },
  async "create-delete"(order) {
    for (let done = 0; done < order.times; done += 1) {
      const identifier = `peer_${done}`;
      const { result } = await zendesk.oauthclients.create({
        name: "Peer",
        identifier,
        kind: "confidential",
      });
      const client = result.client ?? result;
      same(client.identifier, identifier);
      await zendesk.oauthclients.delete(client.id);
    }
    return { items: order.times, check: 0 };
  },
};

function say(answer) {
  process.stdout.write(`${JSON.stringify(answer)}\n`);
}

say({ ready: `node-zendesk ${version}` });
for await (const line of createInterface({ input: process.stdin })) {
  const order = JSON.parse(line);
  const work = works[order.work];
  if (!work) {
    say({ unable: "it has no call of POST /oauth/tokens" });
    continue;
  }
  const cpu = process.cpuUsage();
  const began = performance.now();
  try {
    const got = await work(order);
    const seconds = (performance.now() - began) / 1000;
    const { user, system } = process.cpuUsage(cpu);
    say({ seconds, cpu_seconds: (user + system) / 1e6, ...got });
  } catch (error) {
    say({ failed: `${error.message} ${JSON.stringify(error.result ?? null)}`.slice(0, 500) });
  }
}
