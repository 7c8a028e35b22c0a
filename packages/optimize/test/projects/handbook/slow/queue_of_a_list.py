from fastapi import FastAPI

app = FastAPI()

@app.post("/walk")
def walk(edges: dict[str, list[str]], start: str):
    queue = [start]
    order = []
    while queue:
        node = queue.pop(0)  # expect: algo/queue-shift
        order.append(node)
        queue.extend(edges.get(node, []))
    return order
