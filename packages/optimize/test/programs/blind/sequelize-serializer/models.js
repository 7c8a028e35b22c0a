import { DataTypes, Sequelize } from "sequelize";

export function connect(url) {
  const define = { timestamps: false, underscored: true };
  const sequelize = new Sequelize(url, { dialect: "postgres", logging: false, define, pool: { max: 4 } });
  const Customer = sequelize.define("customer", { name: DataTypes.STRING, tier: DataTypes.INTEGER });
  const Order = sequelize.define("order", { total: DataTypes.INTEGER });
  const Item = sequelize.define("item", { title: DataTypes.STRING, cents: DataTypes.INTEGER });
  Order.belongsTo(Customer);
  Order.hasMany(Item);
  return { sequelize, Order };
}
