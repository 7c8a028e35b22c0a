import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

/** A parcel company that is always on time. */
export async function startCarrier(): Promise<{ url: string; stop: () => Promise<void> }> {
  const server = createServer((request, response) => {
    let body = "";
    request.on("data", (chunk: Buffer) => (body += chunk.toString()));
    request.on("end", () => {
      response.setHeader("content-type", "application/json");
      response.end(JSON.stringify(answer(`${request.method} ${request.url}`, body)));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    stop: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function answer(request: string, body: string): unknown {
  if (request === "POST /parcels") return { parcel: `P${(JSON.parse(body) as { orderId: number }).orderId}` };
  if (request === "POST /statuses") {
    return Object.fromEntries((JSON.parse(body) as { parcels: string[] }).parcels.map((parcel) => [parcel, "underway"]));
  }
  if (request.startsWith("GET /parcels/")) return { status: "underway" };
  return { cents: 490 };
}
