import { useEffect, useState } from "react";

export function Online() {
  const [online, setOnline] = useState(true);
  useEffect(() => {
    const down = () => setOnline(false);
    window.addEventListener("offline", down);
    return () => window.removeEventListener("offline", down);
  }, []);
  return online ? null : "offline";
}
