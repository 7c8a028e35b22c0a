from flask import Flask, jsonify
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import text

app = Flask(__name__)
db = SQLAlchemy(app)

class Guest(db.Model):
    __tablename__ = "guests"
    id = db.Column(db.Integer, primary_key=True)
    city = db.Column(db.String(80))

class Stay(db.Model):
    __tablename__ = "stays"
    id = db.Column(db.Integer, primary_key=True)
    guest_id = db.Column(db.Integer, index=True)

@app.route("/reports/guests")
def guests():
    rows = db.session.execute(text("SELECT g.id, (SELECT count(*) FROM stays s WHERE s.guest_id = g.id) AS stays FROM guests g"))  # expect: db/correlated-subquery
    return jsonify([list(row) for row in rows])
