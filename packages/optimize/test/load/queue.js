/** A service that is only computed: Poisson arrivals, a number of servers, one line. Everything comes from the random numbers that are handed in. */

/** Seconds of service: what is drawn has the mean 1 and is scaled. */
const draws = {
  constant: () => 1,
  exponential: (random) => -Math.log(1 - random()),
  /** Nine in ten are quick, the tenth takes ten times as long. */
  mixed: (random) => (random() < 0.9 ? 0.526_315_789 : 5.263_157_89),
};

/** Sojourn times in seconds of the requests that arrive within `[lead, seconds)`. */
export function simulate({ servers, mean, kind }, rate, seconds, lead, random) {
  const draw = draws[kind];
  const free = new Float64Array(servers);
  const times = [];
  for (let now = -Math.log(1 - random()) / rate; now < seconds; now -= Math.log(1 - random()) / rate) {
    let first = 0;
    for (let server = 1; server < servers; server++) if (free[server] < free[first]) first = server;
    const end = Math.max(now, free[first]) + draw(random) * mean;
    free[first] = end;
    if (now >= lead) times.push(end - now);
  }
  return Float64Array.from(times).sort();
}

/** The part of requests that take longer than the objective in endless load: exactly where a formula is known (M/M/c), else from a long simulation. */
function slowPart(queue, rate, objective, randomOf) {
  const { servers, mean, kind } = queue;
  if (kind === "exponential") {
    const [mu, spare] = [1 / mean, servers / mean - rate];
    const waits = erlangC(servers, rate * mean);
    const both = (spare * Math.exp(-mu * objective) - mu * Math.exp(-spare * objective)) / (spare - mu);
    return (1 - waits) * Math.exp(-mu * objective) + waits * both;
  }
  const seconds = 1_000_000 / rate;
  return partAbove(simulate(queue, rate, seconds, seconds / 20, randomOf()), objective);
}

/** The chance that a request has to wait (Erlang, 1917). */
function erlangC(servers, load) {
  let blocked = 1;
  for (let n = 1; n <= servers; n++) blocked = (load * blocked) / (n + load * blocked);
  return blocked / (1 - (load / servers) * (1 - blocked));
}

/** The part of sorted times above a limit. */
export function partAbove(times, limit) {
  let [low, high] = [0, times.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (times[middle] > limit) high = middle;
    else low = middle + 1;
  }
  return times.length === 0 ? 0 : (times.length - low) / times.length;
}

/** The rate at which 1 % of endless load takes longer than the objective, by bisection. */
export function trueCapacity(queue, objective, randomOf) {
  let [low, high] = [queue.servers / queue.mean / 8, queue.servers / queue.mean];
  for (let round = 0; round < (queue.kind === "exponential" ? 40 : 12); round++) {
    const rate = (low + high) / 2;
    if (slowPart(queue, rate, objective, randomOf) <= 0.01) low = rate;
    else high = rate;
  }
  return (low + high) / 2;
}

/** A queue and an objective that fits it, from a seed. */
export function queueOf(random) {
  const kinds = ["constant", "exponential", "mixed"];
  const kind = kinds[Math.floor(random() * 3)];
  const servers = 1 + Math.floor(random() * 8);
  const mean = 0.001 * 10 ** random();
  // Below the slowest tenth no rate would hold it.
  const objective = mean * (8 + 22 * random());
  return { queue: { servers, mean, kind }, objective };
}
