"""What CPython's own parser counts in Python files: one JSON line a file, read from the names on stdin.

Annotations are left out, apart from what Annotated adds to a type: Facts keep types apart from what runs.
"""

import ast
import json
import resource
import sys

KINDS = {
    ast.Call: "calls",
    ast.FunctionDef: "definitions",
    ast.AsyncFunctionDef: "definitions",
    ast.ClassDef: "definitions",
    ast.Lambda: "definitions",
    ast.For: "loops",
    ast.AsyncFor: "loops",
    ast.While: "loops",
    ast.ListComp: "comprehensions",
    ast.SetComp: "comprehensions",
    ast.DictComp: "comprehensions",
    ast.GeneratorExp: "comprehensions",
    ast.Await: "awaits",
}
TYPES = {"annotation", "returns", "bound", "default_value", "type_comment"}


def annotated(node):
    for sub in ast.walk(node):
        if isinstance(sub, ast.Subscript) and getattr(sub.value, "id", getattr(sub.value, "attr", "")) == "Annotated":
            if isinstance(sub.slice, ast.Tuple):
                yield from sub.slice.elts[1:]


def count(tree):
    found = {kind: [] for kind in sorted(set(KINDS.values()))}
    stack = [tree]
    members = set()
    while stack:
        node = stack.pop()
        if isinstance(node, ast.ClassDef):
            members.update(one for one in node.body if isinstance(one, ast.AnnAssign))
        kind = KINDS.get(type(node))
        if kind is not None:
            found[kind].append(node.lineno)
        for name, value in ast.iter_fields(node):
            if name in TYPES and isinstance(value, ast.AST):
                # Parameters and members keep the notes of Annotated, results and variables do not.
                if isinstance(node, ast.arg) or node in members:
                    stack.extend(annotated(value))
            elif isinstance(value, ast.AST):
                stack.append(value)
            elif isinstance(value, list):
                stack.extend(one for one in value if isinstance(one, ast.AST))
    return {kind: sorted(lines) for kind, lines in found.items()}


def main():
    only_parse = "--parse" in sys.argv
    files = sys.stdin.read().splitlines()
    for file in files:
        with open(file, "rb") as source:
            data = source.read()
        try:
            tree = ast.parse(data)
        except (SyntaxError, ValueError, RecursionError) as error:
            if not only_parse:
                print(json.dumps({"file": file, "error": str(error)}))
            continue
        if not only_parse:
            print(json.dumps({"file": file, **count(tree)}))
    if only_parse:
        used = resource.getrusage(resource.RUSAGE_SELF)
        print(json.dumps({"cpu": used.ru_utime + used.ru_stime}))


main()
