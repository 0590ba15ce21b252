// A night of Listeners, told by a client that was generated from the document: its types know every path and member.
//
// Run as `node story.js <address> <tokens as JSON>`.
import createClient, { type Client } from "openapi-fetch";
import type { components, paths } from "./schema.js";

type Request = components["schemas"]["Request"];
type Supporter = components["schemas"]["Supporter"];
type Problem = components["schemas"]["Problem"];
type Voice = Client<paths>;

declare const process: { argv: string[] };

function must(holds: boolean, what: string): asserts holds {
  if (!holds) throw new Error(what);
}

function done<T>(answer: { data?: T; error?: Problem; response: Response }): T {
  must(answer.data !== undefined, `${answer.response.status}: ${JSON.stringify(answer.error)}`);
  return answer.data;
}

function codes(error: Problem | undefined): string[] {
  must(error !== undefined, "a problem");
  return error.failures.map((failure) => failure.code);
}

function speaking(address: string, token: string): Voice {
  return createClient<paths>({ baseUrl: address, headers: { Authorization: `Bearer ${token}` } });
}

async function tagOf(officer: Voice, id: string): Promise<string> {
  const { response } = await officer.GET("/v1/requests/{id}", { params: { path: { id } } });
  const tag = response.headers.get("ETag");
  must(tag !== null, "a tag");
  return tag;
}

async function asked(officer: Voice, key: string): Promise<Request> {
  const body = {
    need: "EMOTIONAL",
    channel: "CELL_BELL",
    urgency: "NOW",
    wing: "MDI-A",
    prison: "MDI",
    recipient: "Quincy Quagmire",
    firstNight: false,
  } as const;
  const params = { header: { "Idempotency-Key": key } };
  const first = done(await officer.POST("/v1/requests", { params, body }));
  const again = done(await officer.POST("/v1/requests", { params, body }));
  must(first.id === again.id, "one key is one request");
  return done(await officer.GET("/v1/requests/{id}", { params: { path: { id: first.id } } }));
}

async function aNight(officer: Voice): Promise<void> {
  done(await officer.POST("/v1/duty-declarations", { body: { prison: "MDI", wings: ["MDI-A"] } }));
  const live = await asked(officer, "night-key-1001");
  must(live.state === "RECEIVED" && live.recipient === "Quincy Quagmire" && live.withheld.length === 0, "received");
  const on = async (tag?: string) => ({
    path: { id: live.id },
    header: { "If-Match": tag ?? (await tagOf(officer, live.id)) },
  });

  const first = done(await officer.POST("/v1/requests/{id}/offer", { params: await on(), body: {} })).offeredTo;
  const stale = await officer.POST("/v1/requests/{id}/offer", { params: await on('"read-long-ago"'), body: {} });
  must(stale.response.status === 412 && stale.error?.code === "stale", "stale");
  done(await officer.POST("/v1/requests/{id}/answer", { params: await on(), body: { accepted: false } }));
  const second = done(await officer.POST("/v1/requests/{id}/offer", { params: await on(), body: {} })).offeredTo;
  must(first !== null && second !== null && first !== second, "another one");
  done(await officer.POST("/v1/requests/{id}/answer", { params: await on(), body: { accepted: true } }));
  done(await officer.POST("/v1/requests/{id}/unlock", { params: await on(), body: { place: "LISTENER_SUITE" } }));
  const over = done(await officer.POST("/v1/requests/{id}/complete", { params: await on(), body: {} }));
  must(over.state === "COMPLETED" && over.place === "LISTENER_SUITE", "over");
  must(over.declinedBy !== null && over.declinedBy.length === 1 && over.declinedBy[0] === first, "who declined");
  const twice = await officer.POST("/v1/requests/{id}/complete", { params: await on(), body: {} });
  must(twice.response.status === 409 && codes(twice.error).join() === "STATE_COMPLETED", "over once");

  const other = await asked(officer, "night-key-1002");
  const refused = done(
    await officer.POST("/v1/requests/{id}/refuse", {
      params: { path: { id: other.id }, header: { "If-Match": await tagOf(officer, other.id) } },
      body: { code: "NIGHT_STATE", alternative: "SAMARITANS_PHONE" },
    }),
  );
  must(refused.state === "REFUSED" && refused.refusalCode === "NIGHT_STATE", "refused");
}

async function aTally(listener: Voice): Promise<void> {
  for (let time = 0; time < 2; time += 1) {
    const { receipt } = done(
      await listener.POST("/v1/tallies", {
        params: { header: { "Idempotency-Key": "tally-key-1001" } },
        body: {
          month: "2026-11",
          part: "NIGHT",
          duration: "FROM_30_TO_60",
          concerns: ["FAMILY"],
          firstTime: "UNKNOWN",
          suicidalFeelings: "UNKNOWN",
          selfHarm: "UNKNOWN",
        },
      }),
    );
    must(receipt === "HANDED_IN", "one receipt");
  }
}

async function allSupporters(coordinator: Voice): Promise<Supporter[]> {
  const found: Supporter[] = [];
  let cursor: string | null = null;
  do {
    const query: { limit: number; cursor?: string } = cursor === null ? { limit: 3 } : { limit: 3, cursor };
    const page = done(await coordinator.GET("/v1/supporters", { params: { query } }));
    found.push(...page.items);
    cursor = page.next;
  } while (cursor !== null);
  return found;
}

function withheldOf(record: { withheld: string[] }): number {
  const members = new Map<string, unknown>(Object.entries(record));
  for (const name of record.withheld) must(members.get(name) === null, `${name} is withheld and there`);
  return record.withheld.length;
}

async function main(address: string, tokens: Record<string, string>): Promise<void> {
  const voices = new Map(Object.entries(tokens).map(([name, token]) => [name, speaking(address, token)]));
  const voice = (name: string): Voice => {
    const found = voices.get(name);
    must(found !== undefined, name);
    return found;
  };
  await aNight(voice("officer"));
  await aTally(voice("listener"));
  const supporters = await allSupporters(voice("coordinator"));
  must(supporters.length > 3 && new Set(supporters.map((s) => s.id)).size === supporters.length, "every page once");

  let shown = 0;
  let withheld = 0;
  for (const each of voices.values()) {
    const schemes = await each.GET("/v1/schemes", {});
    if (schemes.error !== undefined) {
      must(["forbidden", "not-found"].includes(schemes.error.code), schemes.error.code);
      continue;
    }
    const records: { withheld: string[] }[] = [...schemes.data.items];
    for (const { id } of supporters.slice(0, 3)) {
      const one = await each.GET("/v1/supporters/{id}", { params: { path: { id } } });
      if (one.data !== undefined) records.push(one.data);
    }
    for (const record of records) {
      shown += 1;
      withheld += withheldOf(record);
    }
  }
  must(shown > 0 && withheld > 0, "records, and members that are withheld");
  console.log(JSON.stringify({ voices: voices.size, supporters: supporters.length, shown, withheld }));
}

const [, , address, tokens] = process.argv;
must(address !== undefined && tokens !== undefined, "an address, and tokens as JSON");
await main(address, JSON.parse(tokens) as Record<string, string>);
