import { WebSocketServer } from "ws";

new WebSocketServer({ port: 8080 }).on("connection", (socket) => {
  const timer = setInterval(() => socket.ping(), 1000);
  socket.on("close", () => clearInterval(timer));
});
