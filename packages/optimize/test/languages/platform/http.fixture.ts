import { platformFixtures } from "./fixture.ts";

export default platformFixtures({
  "asks services through their own clients": `
import Stripe from "stripe";
import twilio from "twilio";
import mail from "@sendgrid/mail";
import { HeadObjectCommand, PutObjectCommand, S3Client } from "@aws-sdk/client-s3";
const stripe = new Stripe("key");
const phone = twilio("account", "token");
const store = new S3Client({});
export async function pay(id: string) {
  await stripe.customers.retrieve(id); //> http-read timed
  await stripe.checkout.sessions.create({ mode: "payment" }); //> http-write timed
  await phone.messages.create({ to: id }); //> http-write timed
  await mail.send({ to: id }); //> http-write timed
  await store.send(new HeadObjectCommand({ Key: id })); //> http-read timed
  await store.send(new PutObjectCommand({ Key: id })); //> http-write timed
  return stripe.webhooks.constructEvent(id, "signature", "secret");
}`,
  "fetches with and without a limit": `
export async function load(id: string) {
  await fetch("https://example.com/users"); //> http-read https://example.com/users
  await fetch(\`https://example.com/users/\${id}\`, { signal: AbortSignal.timeout(1000) }); //> http-read timed https://example.com/users/*
  await fetch("https://example.com/users", { method: "POST", body: id }); //> http-write https://example.com/users
  await fetch("https://example.com/users", { method: "get" }); //> http-read https://example.com/users
}`,
  "stands in for fetch": `
import fetch from "node-fetch";
export const load = async () =>
  (await fetch("https://example.com")).json(); //> http-read https://example.com
`,
  "axios by method, by config, by instance": `
import axios from "axios";
const client = axios.create({ timeout: 1000 });
const slow = axios.create({ baseURL: "https://example.com" });
export async function load(id: string) {
  await axios.get("https://example.com/a"); //> http-read https://example.com/a
  await axios.get("https://example.com/a", { timeout: 500 }); //> http-read timed https://example.com/a
  await axios.post("https://example.com/a", { id }); //> http-write https://example.com/a
  await axios.post("https://example.com/a", { id }, { timeout: 5 }); //> http-write timed https://example.com/a
  await axios({ url: "https://example.com/b", method: "put" }); //> http-write https://example.com/b
  await client.get("https://example.com/c"); //> http-read timed https://example.com/c
  await slow.get("https://example.com/d"); //> http-read https://example.com/d
}`,
  "clients of Connect": `
import { createClient } from "@connectrpc/connect";
const client = createClient({}, {});
export async function load(id: string) {
  await client.getUser({ id }); //> http-read timed
  await client.getter({ id }); //> http-write timed
  await client.renameUser({ id }); //> http-write timed
}`,
  "axios limited as a whole": `
import axios from "axios";
axios.defaults.timeout = 1000;
export const load = () =>
  axios.get("https://example.com/a"); //> http-read timed https://example.com/a
`,
  "got and its instances": `
import got from "got";
const client = got.extend({ timeout: { request: 1000 } });
export async function load() {
  await got("https://example.com/a").json(); //> http-read https://example.com/a
  await got.post("https://example.com/a", { json: {} }); //> http-write https://example.com/a
  await client.get("https://example.com/b"); //> http-read timed https://example.com/b
}`,
  "ky is limited by itself": `
import ky from "ky";
export const load = () =>
  ky.get("https://example.com/a").json(); //> http-read timed https://example.com/a
`,
  "superagent goes out when it is awaited": `
import superagent from "superagent";
export async function load() {
  await superagent.get("https://example.com/a").set("x", "y"); //> http-read https://example.com/a
  await superagent.post("https://example.com/a").send({}).timeout(100); //> http-write timed https://example.com/a
}
export const pending = () => superagent.get("https://example.com/b");`,
  "node's own client": `
import https from "node:https";
export function load() {
  https.get("https://example.com/a", (response) => response.on("data", () => {})); //> http-read https://example.com/a
  const outgoing = https.request("https://example.com/b", { method: "POST", timeout: 1000 });
  outgoing.end(); //> http-write timed https://example.com/b
}`,
  "requests one after the other, all at once": `
import axios from "axios";
export async function slowly(ids: string[]) {
  for (const id of ids) await axios.get(\`https://example.com/\${id}\`); //> http-read in sequential https://example.com/*
}
export async function quickly(ids: string[]) {
  await Promise.all(ids.map((id) => axios.get(\`https://example.com/\${id}\`))); //> http-read in parallel https://example.com/*
}
export async function quicklyToo(ids: string[]) {
  await Promise.all(ids.map(async (id) => {
    const { data } = await axios.get(\`https://example.com/\${id}\`); //> http-read in parallel https://example.com/*
    return data;
  }));
}`,
  "nothing without a proven receiver": `
const axios = { get: async (url: string) => url, create: () => axios };
function got(url: string) { return url; }
export async function load(fetch: (url: string) => Promise<string>) {
  await axios.get("https://example.com");
  await axios.create().get("https://example.com");
  got("https://example.com");
  return fetch("https://example.com");
}`,
});
