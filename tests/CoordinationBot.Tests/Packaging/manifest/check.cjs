// Holds the files of an app package against Microsoft's own schemas: node check.cjs <folder of the unpacked package>. Prints what is wrong, a line each.
"use strict";
const { readFileSync } = require("node:fs");
const { join, dirname } = require("node:path");
const Ajv = require("ajv-draft-04");
const formats = require("ajv-formats");

// The schemas' patterns are written for expressions without the Unicode flag.
const ajv = new Ajv({ strict: false, allErrors: true, unicodeRegExp: false });
formats(ajv);
const schemas = join(dirname(require.resolve("@microsoft/app-manifest/package.json")), "build/json-schemas/teams");

function check(file) {
  const content = JSON.parse(readFileSync(join(process.argv[2], file), "utf8"));
  const [, version, name] = /\/(v[\d.]+)\/([\w.]+)$/.exec(content.$schema);
  const isValid = ajv.compile(JSON.parse(readFileSync(join(schemas, version, name), "utf8")));
  if (!isValid(content)) for (const error of isValid.errors) console.log(`${file}${error.instancePath} ${error.message}`);
  return content;
}

const manifest = check("manifest.json");
for (const { file } of manifest.localizationInfo.additionalLanguages) check(file);
