import { describe, expect, it } from "vitest";
import {
  containerCommandOf,
  mountsIn,
  reachingOf,
  refusalOf,
  variableIn,
  withInside,
  workdirIn,
  type ContainerCommand,
} from "../../src/collectors/container-command.ts";

const words = (text: string): string[] => text.split(" ");
const read = (text: string): ContainerCommand => containerCommandOf(words(text)) as ContainerCommand;

describe("the command line of a container engine", () => {
  it.each([
    ["docker compose run --rm web npm test", "docker compose", "web", "npm test"],
    [
      "docker --context far compose -f a.yml --profile x run -e A=1 -eB=2 --name n web node a.js -e x",
      "docker --context far compose -f a.yml --profile x",
      "web",
      "node a.js -e x",
    ],
    ["docker-compose -p shop exec -T --index 2 web node a.js", "docker-compose -p shop", "web", "node a.js"],
    ["docker run -it --rm -v .:/app -w /app node:20 node a.js", "docker", "node:20", "node a.js"],
    ["/usr/bin/podman exec -itu node web node a.js", "/usr/bin/podman", "web", "node a.js"],
    ["docker container run --init --env=A=1 -- image a", "docker container", "image", "a"],
    ["docker compose run web", "docker compose", "web", ""],
  ])("is read: %s", (text, lead, target, rest) => {
    const command = read(text);
    expect([command.lead.join(" "), command.target, command.rest.join(" ")]).toEqual([lead, target, rest]);
  });

  it.each(["npm test", "docker build .", "docker compose run", "docker compose ps", "node docker compose run web", "docker"])(
    "is left alone: %s",
    (text) => {
      expect(containerCommandOf(words(text))).toBeUndefined();
      expect(refusalOf(words(text))).toBeUndefined();
    },
  );

  it.each([
    "docker compose up",
    "docker start web",
    "docker-compose -f x up -d",
    "docker run -d image",
    "docker compose exec --detach web x",
    "docker run -itd image",
  ])("is refused where nothing would be seen: %s", (text) => expect(refusalOf(words(text))?.hint).toBeTruthy());

  it("gets folders and variables behind the user's own options, and nothing else", () => {
    const put = (text: string): string =>
      withInside(read(text), [{ outside: "/a", inside: "/b", readOnly: true }], { NODE_OPTIONS: "--require /b/c --x" }).join(" | ");
    expect(put("docker compose run -e NODE_OPTIONS=--y web npm test")).toBe(
      "docker | compose | run | -e | NODE_OPTIONS=--y | -v | /a:/b:ro | -e | NODE_OPTIONS=--require /b/c --x | web | npm | test",
    );
    expect(put("docker run --rm -- image")).toBe("docker | run | --rm | -v | /a:/b:ro | -e | NODE_OPTIONS=--require /b/c --x | -- | image");
  });

  it("says what its options set, mount and mean", () => {
    const command = read(
      "docker run -e A=1 --env A=2 -e B -v ./x:/app:ro -v data:/data --mount type=bind,src=/y,dst=/z -u node -w /app/web image",
    );
    expect([variableIn(command, "A", {}), variableIn(command, "B", { B: "3" }), variableIn(command, "C", {})]).toEqual([
      "2",
      "3",
      undefined,
    ]);
    expect(mountsIn(command, "/here")).toEqual([
      { inside: "/app", outside: "/here/x" },
      { inside: "/z", outside: "/y" },
    ]);
    expect([reachingOf(command), workdirIn(command)]).toEqual([["-u", "node"], "/app/web"]);
    expect(reachingOf(read("docker exec -itu node web x"))).toEqual(["-u", "node"]);
  });
});
