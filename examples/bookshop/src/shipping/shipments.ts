import type { Pool } from "pg";
import type { Carrier } from "./carrier.js";

export interface Shipment {
  parcel: string;
  order_id: number;
}

export class Shipments {
  constructor(
    private readonly pool: Pool,
    private readonly carrier: Carrier,
  ) {}

  private async underway(): Promise<Shipment[]> {
    const { rows } = await this.pool.query<Shipment>("select parcel, order_id from shipments where delivered = false order by order_id");
    return rows;
  }

  /** Slow on purpose: one request for each parcel. */
  async list(): Promise<(Shipment & { status: string })[]> {
    const listed = [];
    for (const shipment of await this.underway()) {
      listed.push({ ...shipment, status: await this.carrier.statusOf(shipment.parcel) });
    }
    return listed;
  }

  /** One request for all of them. */
  async listInBatch(): Promise<(Shipment & { status: string })[]> {
    const shipments = await this.underway();
    const statuses = await this.carrier.statusesOf(shipments.map((shipment) => shipment.parcel));
    return shipments.map((shipment) => ({ ...shipment, status: statuses[shipment.parcel] ?? "unknown" }));
  }
}
