module.exports = { testMatch: ["**/*.jest.js"], testEnvironment: "node" };
