"use strict";
/**
 * Libraries that start their work in a promise that nothing waits for, so that no stack leads back from the statement to the call: the place is
 * taken where the program enters them.
 */
const { makers, places } = require("../scope.cjs");
const { attempt } = require("../spans.cjs");
const { isEntered, nowhere, siteOf, siteOfBoth } = require("../site.cjs");
const { replace } = require("../modules.cjs");
const { withoutUs } = require("../stacks.cjs");

/** @param {any} prototype or a class, for its own methods @param {RegExp} names */
function enterBy(prototype, names) {
  for (const name of Object.getOwnPropertyNames(prototype ?? {})) {
    if (name === "constructor" || !names.test(name) || typeof Object.getOwnPropertyDescriptor(prototype, name)?.value !== "function")
      continue;
    replace(
      prototype,
      name,
      (original) =>
        function observed(...args) {
          // A library that calls itself later on was entered where it was entered first.
          const within = places.getStore() !== undefined && attempt(() => isEntered(observed)) !== true;
          const site = within ? nowhere : (attempt(() => siteOf(observed)) ?? nowhere);
          return withoutUs(() =>
            site.id === 0 ? Reflect.apply(original, this, args) : places.run(site, () => Reflect.apply(original, this, args)),
          );
        },
    );
  }
}

const finders =
  /^(?:find|count|exist|sum|average|minimum|maximum|save|insert|update|upsert|delete|remove|softDelete|softRemove|restore|recover|increment|decrement|query|clear|get(?:One|Many|Raw|Count|Exists)|execute|load)/;

/**
 * Knex asks when a builder's `then` is called. What the caller hands over runs where it stood: its own statements have places of their own.
 * @param {any} exports
 */
function patchKnex(exports) {
  replace(
    exports,
    "augmentWithBuilderInterface",
    (original) =>
      function (Target) {
        Reflect.apply(original, this, [Target]);
        replace(
          Target?.prototype,
          "then",
          (then) =>
            function observed(...args) {
              const asked = attempt(() => siteOf(observed)) ?? nowhere;
              const maker = made.get(this);
              // `await` calls this with nothing of the program on the stack: who waits is seen later, where the driver is asked.
              if (asked.id === 0) return makers.run(maker, () => Reflect.apply(then, this, args));
              const site = siteOfBoth(maker ?? nowhere, asked);
              const handlers = args.map((one) => (typeof one === "function" ? outside(one) : one));
              return places.run(site, () => Reflect.apply(then, this, handlers));
            },
        );
      },
  );
}

/** Where Knex's builders were made. @type {WeakMap<object, import("../site.cjs").CallSite>} */
const made = new WeakMap();

/** A function that hands a builder on to whoever waits for it is on no stack any more when that asks. @param {any} Client */
function patchKnexClient(Client) {
  for (const name of ["queryBuilder", "raw"])
    replace(
      Client?.prototype,
      name,
      (original) =>
        function observed(...args) {
          const builder = Reflect.apply(original, this, args);
          const site = attempt(() => siteOf(observed, false)) ?? nowhere;
          if (site.id !== 0 && typeof builder === "object" && builder !== null) made.set(builder, site);
          return builder;
        },
    );
}

/** @param {Function} handler */
function outside(handler) {
  const before = places.getStore();
  return (/** @type {unknown[]} */ ...args) =>
    before === undefined ? places.exit(() => handler(...args)) : places.run(before, () => handler(...args));
}

const sequelizeReads = /^(?:find|count|aggregate|sum|min|max|create|bulkCreate|upsert|destroy|restore|update|increment|decrement|truncate)/;
const sequelizeWrites = /^(?:save|destroy|restore|reload|update|increment|decrement)$/;

/** @param {any} Model */
function patchSequelize(Model) {
  enterBy(Model, sequelizeReads);
  enterBy(Model?.prototype, sequelizeWrites);
}

/** @param {string} name */
const patchClass = (name) => (/** @type {any} */ exports) => enterBy(exports?.[name]?.prototype, finders);

module.exports = {
  hooks: [
    { name: "knex", file: /^lib\/builder-interface-augmenter\.js$/, patch: patchKnex },
    { name: "knex", file: /^lib\/(?:client|dialects\/[\w-]+\/index)\.js$/, patch: patchKnexClient },
    { name: "sequelize", file: /^lib\/model\.js$/, patch: patchSequelize },
    { name: "typeorm", file: /^(?:\w+\/)?entity-manager\/EntityManager\.js$/, patch: patchClass("EntityManager") },
    { name: "typeorm", file: /^(?:\w+\/)?repository\/Repository\.js$/, patch: patchClass("Repository") },
    { name: "typeorm", file: /^(?:\w+\/)?query-builder\/SelectQueryBuilder\.js$/, patch: patchClass("SelectQueryBuilder") },
    { name: "typeorm", file: /^(?:\w+\/)?query-builder\/QueryBuilder\.js$/, patch: patchClass("QueryBuilder") },
    { name: "typeorm", file: /^(?:\w+\/)?query-builder\/RelationLoader\.js$/, patch: patchClass("RelationLoader") },
    { name: "typeorm", file: /^(?:\w+\/)?data-source\/DataSource\.js$/, patch: patchClass("DataSource") },
  ],
};
