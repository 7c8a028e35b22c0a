from collections import deque
from fastapi import FastAPI

app = FastAPI()

@app.post("/walk")
def walk(edges: dict[str, list[str]], start: str):
    queue = deque([start])
    order = []
    while queue:
        node = queue.popleft()
        order.append(node)
        queue.extend(edges.get(node, []))
    return order
