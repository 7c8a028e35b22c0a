/** How many elements something has, as far as it is known. */
export interface Size {
  readonly symbol?: string | undefined;
  readonly max?: number | undefined;
  readonly exact?: number | undefined;
}
