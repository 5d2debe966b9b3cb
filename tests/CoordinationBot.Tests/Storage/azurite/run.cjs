// Ends with the test process, even with one that was killed: its end closes our standard input.
process.stdin.on('end', () => process.exit()).resume();
require('./node_modules/azurite/dist/src/azurite.js');
