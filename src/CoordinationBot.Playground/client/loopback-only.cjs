// Preloaded into the Playground (node --require): the process talks to this machine and to nothing else.
// Why: with telemetry switched off it still dials a telemetry host and the cloud metadata address, and it
// listens on every interface without asking who calls.
'use strict';
const net = require('node:net');
const dns = require('node:dns');

const LOOPBACK = /^(localhost|127(\.\d{1,3}){3}|\[?::1\]?|::ffff:127(\.\d{1,3}){3}|0\.0\.0\.0|::)$/i;
const isLoopback = (host) => host === undefined || host === null || host === '' || LOOPBACK.test(String(host));
const refusal = (what, host) => Object.assign(new Error(`loopback only: ${what} ${host} refused`),
  { code: 'ECONNREFUSED', errno: -111, syscall: what, address: String(host) });

const connect = net.Socket.prototype.connect;
net.Socket.prototype.connect = function connectOnLoopback(...args) {
  const first = Array.isArray(args[0]) ? args[0][0] : args[0]; // node hands its normalised arguments on as one array
  let host;
  if (first !== null && typeof first === 'object') host = first.path ? undefined : first.host; // a path is a local pipe
  else if (typeof args[1] === 'string') host = args[1];
  if (isLoopback(host)) return connect.apply(this, args);
  process.nextTick(() => this.destroy(refusal('connect', host)));
  return this;
};

for (const api of [dns, dns.promises]) {
  for (const name of Object.keys(api).filter((n) => /^(lookup|resolve.*|reverse)$/.test(n) && typeof api[n] === 'function')) {
    const real = api[name];
    api[name] = function resolveOnLoopback(host, ...rest) {
      if (isLoopback(host)) return real.call(this, host, ...rest);
      if (api === dns.promises) return Promise.reject(refusal(name, host));
      process.nextTick(rest.at(-1), refusal(name, host));
      return undefined;
    };
  }
}

const listen = net.Server.prototype.listen;
net.Server.prototype.listen = function listenOnLoopback(...args) {
  if (typeof args[0] === 'number' && typeof args[1] !== 'string') args.splice(1, 0, '127.0.0.1');
  return listen.apply(this, args);
};
