// Imported before everything else, so that an older Node hears this and not an error of some API it lacks.
const [major, minor] = process.versions.node.split('.').map(Number);
if (major < 20 || (major === 20 && minor < 19)) {
  process.stderr.write(
    `Node ${process.versions.node} is too old: install Node 20.19 or later and try again.\n`,
  );
  process.exit(1);
}
