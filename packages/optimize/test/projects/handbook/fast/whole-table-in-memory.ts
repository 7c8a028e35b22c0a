import express from "express";
import { DataTypes, Model, Sequelize } from "sequelize";

const sequelize = new Sequelize(String(process.env["FEED_DATABASE"]));
class Author extends Model {}
class Entry extends Model {}
Author.init({ id: { type: DataTypes.INTEGER, primaryKey: true } }, { sequelize, modelName: "author" });
Entry.init({ id: { type: DataTypes.INTEGER, primaryKey: true }, text: DataTypes.STRING }, { sequelize, modelName: "entry", indexes: [{ fields: ["createdAt"] }] });
Entry.belongsTo(Author, { foreignKey: "authorId" });

const app = express();
app.post("/entries", async (req, res) => {
  res.json(await Entry.create(req.body));
});
app.get("/entries", async (req, res) => {
  res.json(await Entry.findAll({ order: [["createdAt", "DESC"]], limit: 50 }));
});
