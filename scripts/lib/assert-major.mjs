// Fails unless the Node that runs this has the major version given: see scripts/test-on-node.mjs for what could go wrong.
const [wanted] = process.argv.slice(2);
console.log(`Node ${process.version}`);
if (process.versions.node.split('.')[0] !== wanted) {
  console.error(`expected Node ${wanted}, got ${process.version} at ${process.execPath}`);
  process.exit(1);
}
