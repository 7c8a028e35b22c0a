"use strict";
/**
 * Libraries that start their work in a promise that nothing waits for, so that no stack leads back from the statement to the call: the place is
 * taken where the program enters them.
 */
const { places } = require("../scope.cjs");
const { attempt } = require("../spans.cjs");
const { nowhere, siteOf } = require("../site.cjs");
const { replace } = require("../modules.cjs");

/** @param {any} prototype @param {RegExp} names */
function enterBy(prototype, names) {
  for (const name of Object.getOwnPropertyNames(prototype ?? {})) {
    if (name === "constructor" || !names.test(name) || typeof Object.getOwnPropertyDescriptor(prototype, name)?.value !== "function")
      continue;
    replace(
      prototype,
      name,
      (original) =>
        function observed(...args) {
          const site = attempt(() => siteOf(observed)) ?? nowhere;
          return site.id === 0 ? Reflect.apply(original, this, args) : places.run(site, () => Reflect.apply(original, this, args));
        },
    );
  }
}

const finders =
  /^(?:find|count|exist|sum|average|minimum|maximum|save|insert|update|upsert|delete|remove|softDelete|softRemove|restore|recover|increment|decrement|query|clear|get(?:One|Many|Raw|Count|Exists)|execute|load)/;

/** @param {string} name */
const patchClass = (name) => (/** @type {any} */ exports) => enterBy(exports?.[name]?.prototype, finders);

module.exports = {
  hooks: [
    { name: "typeorm", file: /^(?:\w+\/)?entity-manager\/EntityManager\.js$/, patch: patchClass("EntityManager") },
    { name: "typeorm", file: /^(?:\w+\/)?repository\/Repository\.js$/, patch: patchClass("Repository") },
    { name: "typeorm", file: /^(?:\w+\/)?query-builder\/SelectQueryBuilder\.js$/, patch: patchClass("SelectQueryBuilder") },
    { name: "typeorm", file: /^(?:\w+\/)?query-builder\/QueryBuilder\.js$/, patch: patchClass("QueryBuilder") },
    { name: "typeorm", file: /^(?:\w+\/)?query-builder\/RelationLoader\.js$/, patch: patchClass("RelationLoader") },
    { name: "typeorm", file: /^(?:\w+\/)?data-source\/DataSource\.js$/, patch: patchClass("DataSource") },
  ],
};
