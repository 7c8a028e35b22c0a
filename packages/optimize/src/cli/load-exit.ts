import type { LoadVerdict } from "../model/load.ts";

/** A gate passes, fails, or cannot tell. */
export const exitCodes: Readonly<Record<LoadVerdict, number>> = { passed: 0, failed: 1, inconclusive: 3, interrupted: 130 };
