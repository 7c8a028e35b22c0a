/**
 * What the loaded program itself uses, while it is loaded: found by the port that it listens on, read from /proc (Linux, programs of the same user). Nothing is
 * put into it.
 */
import { readdirSync, readFileSync, readlinkSync } from "node:fs";

export interface ProcessSample {
  /** Milliseconds of processor time of all its processes since they began. */
  readonly cpu: number;
  /** Bytes of memory that it holds. */
  readonly rss: number;
  readonly files: number;
  readonly threads: number;
  /** Connections that it has opened to others, by their address: a pool shows as a number that does not grow. */
  readonly peers: Readonly<Record<string, number>>;
}

/** Programs that hand on what they are sent to a container or another machine: what they use is not what the service uses. */
const forwarders: ReadonlySet<string> = new Set([
  "docker-proxy",
  "rootlessport",
  "slirp4netns",
  "pasta",
  "conmon",
  "kubectl",
  "ssh",
  "sshd",
  "socat",
]);

/** Processes that listen on a port of this machine, with their children's children; empty where that cannot be told. */
export function processesOn(port: number): number[] {
  const inodes = new Set(socketsOf().flatMap((one) => (one.state === listening && one.port === port ? [one.inode] : [])));
  if (inodes.size === 0) return [];
  return numbersIn("/proc").filter(
    (pid) =>
      pid !== process.pid && socketsIn(pid).some((inode) => inodes.has(inode)) && !forwarders.has(textOf(`/proc/${pid}/comm`).trim()),
  );
}

/** Undefined when none of them is there any more. */
export function sampleProcesses(pids: readonly number[]): ProcessSample | undefined {
  const own = new Set<string>();
  const sum = { cpu: 0, rss: 0, files: 0, threads: 0 };
  let found = false;
  for (const pid of pids) {
    const stat = textOf(`/proc/${pid}/stat`);
    if (stat === "") continue;
    found = true;
    // The name before may hold anything, up to its last bracket; times are in hundredths of a second.
    const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
    sum.cpu += (Number(fields[11]) + Number(fields[12])) * 10;
    sum.threads += Number(fields[17]);
    sum.rss += Number(/^VmRSS:\s+(\d+)/m.exec(textOf(`/proc/${pid}/status`))?.[1] ?? 0) * 1024;
    const sockets = socketsIn(pid);
    sum.files += filesOf(pid);
    for (const inode of sockets) own.add(inode);
  }
  if (!found) return undefined;
  const all = socketsOf();
  const served = new Set(all.filter(({ state }) => state === listening).map(({ port }) => port));
  const peers: Record<string, number> = {};
  for (const { inode, state, port, remote } of all) {
    if (state !== established || !own.has(inode) || served.has(port)) continue;
    peers[remote] = (peers[remote] ?? 0) + 1;
  }
  return { ...sum, peers };
}

const [established, listening] = ["01", "0A"];

interface Socket {
  readonly state: string;
  readonly port: number;
  readonly remote: string;
  readonly inode: string;
}

function socketsOf(): Socket[] {
  return ["/proc/net/tcp", "/proc/net/tcp6"].flatMap((path) =>
    textOf(path)
      .split("\n")
      .slice(1)
      .flatMap((line) => {
        const [, local = "", remote = "", state = "", , , , , , inode = ""] = line.trim().split(/\s+/);
        return inode === "" ? [] : [{ state, port: portOf(local), remote: addressOf(remote), inode }];
      }),
  );
}

const portOf = (text: string): number => Number.parseInt(text.slice(text.indexOf(":") + 1), 16);

/** "0100007F:1538" is 127.0.0.1:5432; of IPv6 only what IPv4 is mapped to is spelt out. */
function addressOf(text: string): string {
  const [host = ""] = text.split(":");
  const four = host.slice(-8);
  const bytes = [6, 4, 2, 0].map((at) => Number.parseInt(four.slice(at, at + 2), 16));
  const isFour = host.length === 8 || /^0{16}FFFF0000/.test(host);
  return `${isFour ? bytes.join(".") : "[IPv6]"}:${portOf(text)}`;
}

function numbersIn(path: string): number[] {
  try {
    return readdirSync(path).map(Number).filter(Number.isInteger);
  } catch {
    return [];
  }
}

const filesOf = (pid: number): number => numbersIn(`/proc/${pid}/fd`).length;

function socketsIn(pid: number): string[] {
  return numbersIn(`/proc/${pid}/fd`).flatMap((descriptor) => {
    try {
      const inode = /^socket:\[(\d+)\]$/.exec(readlinkSync(`/proc/${pid}/fd/${descriptor}`))?.[1];
      return inode === undefined ? [] : [inode];
    } catch {
      return [];
    }
  });
}

function textOf(path: string): string {
  try {
    return readFileSync(path, "latin1");
  } catch {
    return "";
  }
}
