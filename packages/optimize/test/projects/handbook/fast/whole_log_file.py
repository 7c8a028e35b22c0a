from flask import Flask

app = Flask(__name__)

@app.route("/logs/<day>/slowest")
def slowest(day):
    worst = 0
    with open("logs/" + day) as log:
        for line in log:
            worst = max(worst, int(line.split()[0]))
    return str(worst)
