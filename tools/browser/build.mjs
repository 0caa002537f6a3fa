// Bundle age for the browser 打包浏览器端加密库: one file, accepted only with the digest that stands in age.sha256.
//
//   node build.mjs TARGET           in a folder where `npm ci` was run; writes TARGET, or nothing
//   node build.mjs TARGET --pin     after a change of versions: writes TARGET and its digest into age.sha256
import { createHash } from "node:crypto";
import { readFileSync, renameSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const HERE = dirname(fileURLToPath(import.meta.url));
const PIN = join(HERE, "age.sha256");
const [target, ...options] = process.argv.slice(2);

// A licence wants its text beside the program it covers; most of these say it in no comment of their own.
function licences() {
  const packages = Object.keys(JSON.parse(readFileSync(join(HERE, "package-lock.json"), "utf8")).packages);
  const bundled = packages.filter((path) => /\/(age-encryption|@noble\/[a-z-]+|@scure\/base)$/.test(path)).sort();
  const texts = bundled.map((path) => `${path.split("node_modules/").at(-1)}\n\n${readFileSync(join(HERE, path, "LICENSE"), "utf8").trim()}`);
  return `/*\n${texts.join("\n\n--------\n\n").replaceAll("*/", "* /")}\n*/`;
}

const made = await build({
  absWorkingDir: HERE,
  entryPoints: ["age.js"],
  bundle: true,
  minify: true,
  format: "esm",
  target: "es2022",
  charset: "utf8",
  legalComments: "none",
  banner: { js: licences() },
  write: false,
  logLevel: "warning",
});
const bytes = made.outputFiles[0].contents;
const digest = createHash("sha256").update(bytes).digest("hex");
if (options.includes("--pin")) writeFileSync(PIN, `${digest}\n`);
if (readFileSync(PIN, "utf8").trim() !== digest) {
  console.error(`the bundle has the digest ${digest}, age.sha256 says another: it is not used`);
  process.exit(1);
}
writeFileSync(`${target}.part`, bytes);
renameSync(`${target}.part`, target);
console.log(`${target}: ${bytes.length} bytes, SHA-256 ${digest}`);
