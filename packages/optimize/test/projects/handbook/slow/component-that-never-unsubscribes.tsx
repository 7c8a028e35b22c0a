import { useEffect, useState } from "react";

export function Online() {
  const [online, setOnline] = useState(true);
  useEffect(() => {
    window.addEventListener("offline", () => setOnline(false)); // expect: mem/effect-missing-cleanup
  }, []);
  return online ? null : "offline";
}
