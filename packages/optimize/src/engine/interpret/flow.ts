/** How control leaves a statement. */

/** Ways out of a statement, as bits. */
export const next = 1;
export const returns = 2;
export const throws = 4;
export const breaks = 8;
export const continues = 16;
export type Flow = number;
