import { fixtures } from "../fixture.ts";

const client = `import redis.asyncio as redis

client = redis.Redis()\n`;

export default fixtures({
  "reads and writes keys": `${client}
async def read(keys):
    one = await client.get("a") #> cache-read -
    many = await client.mget(keys) #> cache-read - bulk
    whole = await client.hgetall("h") #> cache-read - list
    await client.set("a", "1", ex=60) #> cache-write -
    await client.delete("a") #> cache-write -
    return one, many, whole
`,
  "sends a pipeline at once": `${client}
async def write(keys):
    async with client.pipeline(transaction=True) as pipe:
        for key in keys:
            pipe.incr(key)
        await pipe.execute() #> cache-write - bulk
`,
  "walks all keys": `${client}
async def walk():
    async for key in client.scan_iter("user:*"): #> cache-read - list
        print(key)
`,
  "nothing without a proven receiver": `
async def read(client):
    return await client.get("a")
`,
});
