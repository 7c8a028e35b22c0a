/** Small sources for the platform tables; `//> http-read timed in limited` at the end of a line says in words what happens there. */

export interface PlatformFixture {
  readonly title: string;
  readonly code: string;
  /** "003 file-read blocking": line, kind, flags, the mode of the loop around it, URL. */
  readonly expect: readonly string[];
}

/** Several expectations of one line are parted by commas. */
export function platformFixtures(sources: Readonly<Record<string, string>>): readonly PlatformFixture[] {
  return Object.entries(sources).map(([title, text]) => {
    const lines = text.replace(/^\n/, "").split("\n");
    const expect = lines.flatMap((line, index) => {
      const mark = line.indexOf("//>");
      return mark < 0
        ? []
        : line
            .slice(mark + 3)
            .split(",")
            .map((words) => `${String(index + 1).padStart(3, "0")} ${words.trim()}`);
    });
    return { title, code: lines.map((line) => line.replace(/\s*\/\/>.*$/, "")).join("\n"), expect };
  });
}
