/** Who may be loaded: this machine, and hosts that a person has named on the command line. */
import { lookup } from "node:dns/promises";
import { isIP } from "node:net";
import { OptimizeError } from "../model/errors.ts";
import type { Origin } from "./exchange.ts";

export interface Permissions {
  /** Hosts beside this machine, as they were named. */
  readonly hosts: readonly string[];
  /** Methods beside GET, HEAD and OPTIONS. */
  readonly writes: boolean;
}

/** The origin of a URL, its name looked up once: later answers of the name server change nothing. Throws an OptimizeError. */
export async function originOf(url: URL, { hosts }: Permissions): Promise<Origin> {
  const protocol = protocolOf(url);
  const host = url.hostname.replace(/^\[|\]$/g, "");
  const port = url.port === "" ? (protocol === "https:" ? 443 : 80) : Number(url.port);
  const addresses = await addressesOf(host);
  if (!addresses.every(isLoopback) && !hosts.some((allowed) => allowed.toLowerCase() === host.toLowerCase())) {
    throw new OptimizeError("forbidden", `${host} is not this machine: load is only sent to hosts that are allowed`, {
      hint: `if it is yours to load: --allow-host ${host}`,
    });
  }
  return { protocol, host, port, addresses };
}

function protocolOf({ protocol, href }: URL): Origin["protocol"] {
  if (protocol === "http:" || protocol === "ws:") return "http:";
  if (protocol === "https:" || protocol === "wss:") return "https:";
  throw new OptimizeError("usage", `${href} is neither http nor https`);
}

async function addressesOf(host: string): Promise<string[]> {
  if (isIP(host) !== 0) return [host];
  try {
    const found = await lookup(host, { all: true });
    // One family is enough, and a service on this machine often listens on IPv4 only.
    const four = found.filter(({ family }) => family === 4);
    return (four.length > 0 ? four : found).map(({ address }) => address);
  } catch (cause) {
    throw new OptimizeError("unreachable", `the host ${host} was not found (${(cause as NodeJS.ErrnoException).code ?? "no address"})`, {
      cause,
      hint: "check the name, or write the address",
    });
  }
}

/** 127.0.0.0/8, ::1, and IPv4 loopback written as IPv6. */
export function isLoopback(address: string): boolean {
  if (isIP(address) === 4) return address.startsWith("127.");
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1];
  return mapped === undefined ? /^(?:::1|(?:0{1,4}:){7}0{0,3}1)$/.test(address) : mapped.startsWith("127.");
}

const hosts = [
  /^\w+:\/\//,
  /^:\d/,
  /^localhost(?=[:/]|$)/i,
  /^\d{1,3}(?:\.\d{1,3}){3}(?=[:/]|$)/,
  /^\[[\da-f:.]+\](?=[:/]|$)/i,
  /^[\w.-]+:\d+(?=\/|$)/,
];

/** Whether a word is meant as a URL, and not as a file or the name of a commit: "deadbeef" is none. */
export const looksLikeUrl = (text: string): boolean => hosts.some((form) => form.test(text));

/** With the protocol and host that a person left out: "localhost:3000/orders", ":3000". */
export const wholeUrl = (text: string): string =>
  /^\w+:\/\//.test(text) ? text : text.startsWith(":") ? `http://localhost${text}` : `http://${text}`;

/** Reads what a person wrote as a URL. Throws an OptimizeError. */
export function urlOf(text: string): URL {
  const written = wholeUrl(text);
  const url = URL.canParse(written) ? new URL(written) : undefined;
  if (url === undefined || url.hostname === "") {
    throw new OptimizeError("usage", `${JSON.stringify(text)} is no URL`, { hint: "optimize load http://localhost:3000/orders" });
  }
  if (url.username !== "" || url.password !== "") {
    throw new OptimizeError("usage", "a URL with a password in it would stand in reports", {
      hint: 'send it as a header from the environment: --header "Authorization: Basic {{env.CREDENTIALS}}"',
    });
  }
  return url;
}
