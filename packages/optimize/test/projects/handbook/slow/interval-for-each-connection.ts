import { WebSocketServer } from "ws";

new WebSocketServer({ port: 8080 }).on("connection", (socket) => {
  setInterval(() => socket.ping(), 1000); // expect: mem/timer-leak
});
