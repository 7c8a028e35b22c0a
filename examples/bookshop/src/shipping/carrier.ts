import { config } from "../config.js";
import { withRetry } from "../shared/retry.js";

const patience = 2_000;

/** The parcel company's HTTP interface. */
export class Carrier {
  async book(orderId: number): Promise<string> {
    const answer = await fetch(`${config.carrierUrl}/parcels`, {
      method: "POST",
      body: JSON.stringify({ orderId }),
      signal: AbortSignal.timeout(patience),
    });
    const { parcel } = (await answer.json()) as { parcel: string };
    return parcel;
  }

  async recall(orderId: number): Promise<void> {
    await fetch(`${config.carrierUrl}/parcels/${orderId}`, { method: "DELETE", signal: AbortSignal.timeout(patience) });
  }

  async statusOf(parcel: string): Promise<string> {
    const answer = await fetch(`${config.carrierUrl}/parcels/${parcel}`, { signal: AbortSignal.timeout(patience) });
    const { status } = (await answer.json()) as { status: string };
    return status;
  }

  async statusesOf(parcels: readonly string[]): Promise<Record<string, string>> {
    const answer = await fetch(`${config.carrierUrl}/statuses`, {
      method: "POST",
      body: JSON.stringify({ parcels }),
      signal: AbortSignal.timeout(patience),
    });
    return (await answer.json()) as Record<string, string>;
  }

  /** Slow on purpose: nothing ends the wait when the carrier does not answer. */
  async rates(country: string): Promise<unknown> {
    const answer = await fetch(`${config.carrierUrl}/rates?country=${encodeURIComponent(country)}`);
    return answer.json();
  }

  /** Tried again at most twice, each time with an end. */
  async zones(): Promise<unknown> {
    return withRetry(async () => {
      const answer = await fetch(`${config.carrierUrl}/zones`, { signal: AbortSignal.timeout(patience) });
      return answer.json();
    });
  }
}
