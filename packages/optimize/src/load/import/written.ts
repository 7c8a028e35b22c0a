/** A scenario that is to be written to a file, and what was left out of it. */
export interface WrittenRequest {
  /** What it is called in results, where that is not the request itself. */
  readonly name?: string;
  /** "GET /orders/{{id}}" */
  readonly request: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  readonly json?: unknown;
}

export interface Found {
  /** Requests and how often each was seen; one scenario each. */
  readonly requests: readonly { readonly request: WrittenRequest; readonly weight: number }[];
  /** Requests that follow on each other: one scenario. */
  readonly chained?: boolean;
  /** Values for names in paths. */
  readonly variables: Readonly<Record<string, string>>;
  /** Names whose value nobody knows. */
  readonly open: readonly string[];
  readonly leftOut: readonly string[];
}

const safe: ReadonlySet<string> = new Set(["GET", "HEAD"]);
export const isSafe = (method: string): boolean => safe.has(method.toUpperCase());

/** Paths of the requests, their names filled in; those of which a name has no value are left out. */
export function pathsOf({ requests, variables }: Found): string[] {
  return requests.flatMap(({ request: { request } }) => {
    const path = request
      .replace(/^\S+ /, "")
      .replaceAll(/\{\{(\w+)\}\}/g, (whole, name: string) => encodeURIComponent(variables[name] ?? whole));
    return path.includes("%7B%7B") ? [] : [path];
  });
}

/** The file: JSON with comments, for a person to go on with. */
export function scenarioText(target: string, { requests, chained, variables, open, leftOut }: Found): string {
  const steps = (list: readonly WrittenRequest[], indent: string): string =>
    list.map((one) => `${indent}${JSON.stringify(one)}`).join(",\n");
  const lines = [
    "// A load scenario of optimize: optimize load <this file>",
    ...(open.length > 0 ? [`// Give ${open.join(", ")} a value that is there: nobody has told one.`] : []),
    ...leftOut.map((reason) => `// Left out: ${reason.replaceAll("\n", " ")}`),
    "{",
    `  "target": ${JSON.stringify(target)},`,
    `  "variables": ${JSON.stringify(Object.fromEntries([...Object.entries(variables), ...open.map((name) => [name, "1"])]))},`,
  ];
  if (chained === true || requests.length === 1) {
    lines.push(
      '  "steps": [',
      steps(
        requests.map(({ request }) => request),
        "    ",
      ),
      "  ],",
    );
  } else {
    lines.push('  "scenarios": {');
    const names = new Set<string>();
    for (const [place, { request, weight }] of requests.entries()) {
      const called = request.name ?? request.request;
      const name = names.has(called) ? `${called} (${place + 1})` : called;
      names.add(name);
      const comma = place < requests.length - 1 ? "," : "";
      lines.push(`    ${JSON.stringify(name)}: { "weight": ${weight}, "steps": [${JSON.stringify(request)}] }${comma}`);
    }
    lines.push("  },");
  }
  lines.push('  "load": { "rate": 20, "duration": "30s" },', '  "thresholds": ["errors < 1%", "p95 < 500ms"]', "}");
  return `${lines.join("\n")}\n`;
}
