import { fill, receiptTemplate, receiptTemplateInBackground } from "./receipt-template.js";

export class Receipts {
  render(title: string, price: string): string {
    return this.page({ title, price });
  }

  async renderInBackground(title: string, price: string): Promise<string> {
    return fill(await receiptTemplateInBackground(), { title, price });
  }

  private page(values: Record<string, string>): string {
    return fill(receiptTemplate(), values);
  }
}
