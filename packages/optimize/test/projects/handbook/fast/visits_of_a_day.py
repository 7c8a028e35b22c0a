from datetime import datetime, timedelta

from flask import Flask, jsonify
from flask_sqlalchemy import SQLAlchemy

app = Flask(__name__)
db = SQLAlchemy(app)

class Visit(db.Model):
    __tablename__ = "visits"
    id = db.Column(db.Integer, primary_key=True)
    path = db.Column(db.String(200))
    seen_at = db.Column(db.DateTime, index=True)

@app.route("/visits", methods=["POST"])
def add():
    db.session.add(Visit(path="/", seen_at=datetime.now()))
    db.session.commit()
    return ""

@app.route("/visits/latest")
def latest():
    since = datetime.now() - timedelta(hours=1)
    rows = Visit.query.filter(Visit.seen_at > since).limit(100).all()
    return jsonify([row.path for row in rows])
