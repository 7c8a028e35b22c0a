/** One small project and the entries that it has, as they are printed; exported functions that nothing enters are not counted. */
export interface FrameworkFixture {
  readonly title: string;
  readonly files: Readonly<Record<string, string>>;
  readonly expect: readonly string[];
}
