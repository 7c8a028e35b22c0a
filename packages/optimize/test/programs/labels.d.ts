export interface Expected {
  kind: string;
  file: string;
  line: number;
  endLine?: number;
}

export interface Labels {
  expect: Expected[];
  clean: { file: string; line: number; why: string }[];
}

export interface Program {
  name: string;
  folder: string;
  main: string;
  labels: Labels;
}

export const root: string;
export const blind: string;
export const unseen: string;
export const later: string;
export const kinds: readonly string[];
export function programs(half?: string): Program[];
export function labelsIn(folder: string): Labels;
export function halfIn(args: readonly string[]): string;
