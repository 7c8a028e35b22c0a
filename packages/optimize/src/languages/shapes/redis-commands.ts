/** Redis commands by what they do, in the spelling of clients that use camel case; other spellings are derived. */
import type { EffectSpec } from "../../model/effect.ts";
import type { CallbackSpec, MethodSpec } from "../../model/library.ts";
import { at } from "./places.ts";

const reads = {
  single:
    "get getBuffer getRange strLen exists ttl pTTL expireTime type randomKey dump getBit bitCount bitPos hGet hLen hExists hStrLen lIndex lLen lPos " +
    "sIsMember sCard sRandMember zScore zRank zRevRank zCard zCount zLexCount xLen geoDist geoPos pfCount time info dbSize ping echo " +
    "lastSave objectEncoding sInterCard xInfoStream xPending hRandField zRandMember scriptExists",
  /** The whole of a collection, whose size the caller does not know. */
  list: "hGetAll hKeys hVals sMembers sInter sUnion sDiff lRange zInter zUnion zDiff",
  /** Part of a collection by bounds. */
  range:
    "zRange zRangeWithScores zRevRange zRangeByScore zRangeByScoreWithScores zRevRangeByScore zRangeByLex zRevRangeByLex xRange xRevRange xRead xReadGroup " +
    "geoRadius geoSearch scan hScan sScan zScan sort",
  bulk: "mGet hmGet smIsMember zmScore",
  scan: "keys",
} as const;

const writes = {
  single:
    "setEx pSetEx setNX append incr incrBy incrByFloat decr decrBy getSet getDel getEx setBit setRange expire pExpire expireAt pExpireAt persist " +
    "rename renameNX move copy restore hSetNX hIncrBy hIncrByFloat lPushX rPushX lPop rPop lRem lSet lTrim lInsert rPopLPush lMove blPop brPop " +
    "blMove brPopLPush sPop sMove sInterStore sUnionStore sDiffStore zIncrBy zRemRangeByScore zRemRangeByRank zRemRangeByLex zPopMin zPopMax bzPopMin " +
    "bzPopMax zInterStore zUnionStore zRangeStore xAdd xTrim xAck xGroupCreate xGroup xClaim xAutoClaim bitOp pfMerge geoAdd publish sPublish " +
    "eval evalSha fCall call sendCommand scriptLoad hExpire",
  /** Take a list of keys or members at this argument. */
  list: { 0: "del unlink touch", 1: "hSet hmSet hDel lPush rPush sAdd sRem zAdd zRem xDel pfAdd" },
  bulk: "mSet mSetNX",
  scan: "flushAll flushDb",
} as const;

const callbacks: readonly CallbackSpec[] = [0, 1, 2, 3, 4, 5].map((arg): CallbackSpec => ({
  arg,
  runs: "once",
  params: ["value", "value"],
}));

function command(effect: EffectSpec): MethodSpec {
  return { effect, returns: "value", promise: true, callbacks };
}

const commands: readonly (readonly [string, MethodSpec])[] = [
  [reads.single, command({ kind: "cache-read" })],
  [reads.list, command({ kind: "cache-read", list: true })],
  [reads.range, command({ kind: "cache-read" })],
  [reads.bulk, command({ kind: "cache-read", bulk: true })],
  [reads.scan, command({ kind: "cache-read", list: true, scan: true })],
  ["set", command({ kind: "cache-write", lockWhen: "NX" })],
  [writes.single, command({ kind: "cache-write" })],
  [writes.list[0], command({ kind: "cache-write", bulkIn: at(0) })],
  [writes.list[1], command({ kind: "cache-write", bulkIn: at(1) })],
  [writes.bulk, command({ kind: "cache-write", bulk: true })],
  [writes.scan, command({ kind: "cache-write", scan: true })],
];

/** Members for every command: lower and upper case, and camel case where `camel` asks for it. */
export function redisCommands(camel: boolean): Record<string, MethodSpec> {
  const members: Record<string, MethodSpec> = {};
  for (const [list, spec] of commands) {
    for (const name of list.split(" ")) {
      members[name.toLowerCase()] = spec;
      members[name.toUpperCase()] = spec;
      if (camel) members[name] = spec;
    }
  }
  return members;
}
