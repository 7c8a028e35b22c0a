import { fixtures } from "../fixture.ts";

const client = `import redis

client = redis.Redis()\n`;

export default fixtures({
  "reads and writes keys": `${client}
def read(keys):
    one = client.get("a") #> cache-read - blocking
    many = client.mget(keys) #> cache-read - bulk blocking
    whole = client.hgetall("h") #> cache-read - list blocking
    client.set("a", "1", ex=60) #> cache-write - blocking
    client.delete("a") #> cache-write - blocking
    return one, many, whole
`,
  "sends a pipeline at once": `${client}
def write(keys):
    with client.pipeline(transaction=True) as pipe:
        for key in keys:
            pipe.incr(key)
        pipe.execute() #> cache-write - bulk blocking
`,
  "takes a lock": `${client}
def alone():
    with client.lock("job", timeout=10): #> lock - blocking
        print("job")
`,
  "walks all keys": `${client}
def walk():
    for key in client.scan_iter("user:*"): #> cache-read - list blocking
        print(key)
`,
  "nothing without a proven receiver": `
def read(client):
    return client.get("a")
`,
});
