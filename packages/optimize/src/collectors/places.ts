/** Frames of a thread as places in the code that people edit. */
import { relative, sep } from "node:path";
import type { CodePlace } from "../model/evidence.ts";
import type { Frame, Thread } from "./records.ts";
import { mapBeside, mapperOf, type Mapper } from "./source-map.ts";

export interface Places {
  readonly of: (frame: Pick<Frame, "file" | "line" | "column" | "function">) => CodePlace;
  /** Places of a site, innermost first. */
  readonly at: (site: number) => readonly CodePlace[];
  /** The functions that they stand in, in the same order. */
  readonly functionsAt: (site: number) => readonly CodeFunction[];
}

export interface CodeFunction {
  /** Equal for the same function of the same file. */
  readonly id: string;
  /** A library stood between it and what it called. */
  readonly through: boolean;
}

/** `root` is absolute. Maps that the program made in memory come first, then those on the disk. */
export function placesOf(thread: Thread, root: string): Places {
  const mappers = new Map<string, Mapper | undefined>();
  const known = new Map<number, readonly CodePlace[]>();
  const functions = new Map<number, readonly CodeFunction[]>();
  const { hostPath = (file: string): string => file } = thread;
  const inMemory = new Map(
    [...thread.maps].map(([file, map]) => [plainPath(file), thread.hostPath === undefined ? map : withHostSources(map, hostPath)]),
  );
  const mapperFor = (file: string): Mapper | undefined => {
    if (!mappers.has(file)) mappers.set(file, mapperOf(inMemory.get(file) ?? mapBeside(hostPath(file)), hostPath(file)));
    return mappers.get(file);
  };
  const of: Places["of"] = (frame) => {
    const mapped = mapperFor(frame.file)?.(frame.line, frame.column);
    const place = mapped ?? { ...frame, file: hostPath(frame.file) };
    return {
      file: short(place.file, root),
      line: place.line,
      column: place.column,
      ...(frame.function === "" ? {} : { function: frame.function }),
    };
  };
  return {
    of,
    at: (site) => {
      let places = known.get(site);
      if (places === undefined) {
        places = (thread.sites.get(site) ?? []).flatMap((id) => {
          const frame = thread.frames.get(id);
          return frame === undefined ? [] : [of(frame)];
        });
        known.set(site, places);
      }
      return places;
    },
    functionsAt: (site) => {
      let list = functions.get(site);
      if (list === undefined) functions.set(site, (list = functionsIn(thread, site)));
      return list;
    },
  };
}

function functionsIn({ sites, frames }: Thread, site: number): CodeFunction[] {
  const ids = sites.get(site) ?? [];
  return ids.flatMap((id, index) => {
    const frame = frames.get(id);
    if (frame === undefined) return [];
    const begins = frame.begins === "" ? `${frame.line}:${frame.column}` : frame.begins;
    return [{ id: `${frame.file}:${begins}`, through: ids[index - 1] === 0 }];
  });
}

/** Relative to the root when it is below it. */
export function short(file: string, root: string): string {
  const path = relative(root, file);
  return path.startsWith("..") || path === "" ? file.split(sep).join("/") : path.split(sep).join("/");
}

/** A file: URL, or a path with what a loader hung on it. */
export function plainPath(file: string): string {
  const path = file.startsWith("file://") ? decodeURIComponent(file.slice("file://".length)) : file;
  return path.replace(/\?.*$/s, "");
}

/** A map that was made in a container names its sources by paths there, where it does not name them beside itself. */
function withHostSources(map: unknown, hostPath: (file: string) => string): unknown {
  if (typeof map !== "object" || map === null || !("sources" in map) || !Array.isArray(map.sources)) return map;
  return {
    ...map,
    sources: map.sources.map((source: unknown) =>
      typeof source === "string" && /^(?:\/|file:)/.test(source) ? hostPath(plainPath(source)) : source,
    ),
  };
}
