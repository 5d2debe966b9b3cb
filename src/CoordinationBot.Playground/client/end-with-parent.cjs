// Preloaded into the Playground (node --require): when the launcher goes away, however hard, its end of this
// process's standard input closes, and the process ends too. So no Playground is left holding a port.
'use strict';
for (const event of ['end', 'close', 'error']) process.stdin.on(event, () => process.exit(0));
process.stdin.resume();
