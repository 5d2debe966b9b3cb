// Ends with the test process, even with one that was killed: its end closes our standard input.
process.stdin.on('end', () => process.exit()).resume();
// But it ends by itself when it was told to and has saved everything: to listen there keeps nobody alive.
process.stdin.unref();
require('./node_modules/azurite/dist/src/azurite.js');
