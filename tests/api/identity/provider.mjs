// An OpenID provider that nobody here wrote (oidc-provider from npm), for one client on client credentials.
//
//   node provider.mjs <node_modules> <port> <client id> <client secret>
//
// What a token is for it says by the resource that it is asked for: https://<audience>.example/<algorithm>. Which keys
// there are says `POST /keys/<names>` (a+b: `a` signs, and `b` is published beside it), as whoever runs such a provider
// would by restarting it.

import { createServer } from "node:http";
import { generateKeyPairSync } from "node:crypto";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

const [modules, port, clientId, clientSecret] = process.argv.slice(2);
const { default: Provider } = await import(pathToFileURL(join(modules, "oidc-provider", "lib", "index.js")));
const base = `http://127.0.0.1:${port}`;
const made = new Map();

// One name is two keys, since an algorithm is a key's own.
function keysOf(name) {
  if (!made.has(name)) {
    const rsa = generateKeyPairSync("rsa", { modulusLength: 2048 }).privateKey.export({ format: "jwk" });
    const ec = generateKeyPairSync("ec", { namedCurve: "P-256" }).privateKey.export({ format: "jwk" });
    made.set(name, [
      { ...rsa, kid: `${name}-rsa`, use: "sig" },
      { ...ec, kid: `${name}-ec`, use: "sig" },
    ]);
  }
  return made.get(name);
}

function provider(names) {
  return new Provider(base, {
    clients: [
      {
        client_id: clientId,
        client_secret: clientSecret,
        grant_types: ["client_credentials"],
        redirect_uris: [],
        response_types: [],
      },
    ],
    jwks: { keys: names.flatMap(keysOf) },
    scopes: ["read", "write"],
    features: {
      devInteractions: { enabled: false },
      clientCredentials: { enabled: true },
      resourceIndicators: {
        enabled: true,
        defaultResource: () => "https://peer-support.example/RS256",
        useGrantedResource: () => true,
        getResourceServerInfo: (_context, resource) => {
          const { hostname, pathname } = new URL(resource);
          const alg = pathname.slice(1);
          const key = alg.startsWith("HS") ? { key: Buffer.from(clientSecret.padEnd(64, "x")) } : {};
          return {
            scope: "read write",
            audience: hostname.split(".")[0],
            accessTokenTTL: 3000,
            accessTokenFormat: "jwt",
            jwt: { sign: { alg, ...key } },
          };
        },
      },
    },
    ttl: { ClientCredentials: 3000 },
  }).callback();
}

let answer = provider(["a"]);
createServer((request, response) => {
  if (request.method === "POST" && request.url.startsWith("/keys/")) {
    answer = provider(request.url.slice("/keys/".length).split("+"));
    response.writeHead(204).end();
    return;
  }
  answer(request, response);
}).listen(Number(port), "127.0.0.1");
