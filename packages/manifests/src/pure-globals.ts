/** Name of the error that {@link pureGlobals} throws. */
export const impureErrorName = 'ImpureError';

const forbidden = [
  'console',
  'crypto',
  'fetch',
  'navigator',
  'performance',
  'process',
  'queueMicrotask',
  'setImmediate',
  'setInterval',
  'setTimeout',
  'WebSocket',
  'XMLHttpRequest',
];

/**
 * Source of a module whose exports esbuild puts in the place of the globals of the same names in every file of an app:
 * what reaches outside throws where it is used, so a placement renders to equal bytes everywhere. `Date` with arguments stays.
 */
export const pureGlobals = `
const refuse = (what) => {
  const error = new Error('an app must not use ' + what);
  error.name = ${JSON.stringify(impureErrorName)};
  throw error;
};
const closed = (name) =>
  new Proxy(function () {}, {
    get: (_, key) => (typeof key === 'symbol' ? undefined : refuse(name + '.' + key)),
    set: (_, key) => refuse(name + '.' + String(key)),
    apply: () => refuse(name + '()'),
    construct: () => refuse('new ' + name + '()'),
  });
const date = globalThis.Date;
const pureDate = new Proxy(date, {
  get: (target, key) => (key === 'now' ? () => refuse('Date.now()') : Reflect.get(target, key)),
  apply: () => refuse('Date()'),
  construct: (target, values) => (values.length === 0 ? refuse('new Date()') : Reflect.construct(target, values)),
});
const pureMath = new Proxy(globalThis.Math, {
  get: (target, key) => (key === 'random' ? () => refuse('Math.random()') : Reflect.get(target, key)),
});
${forbidden.map((name) => `const pure_${name} = closed('${name}');`).join('\n')}
const pure = { Date: pureDate, Math: pureMath, ${forbidden.map((name) => `${name}: pure_${name}`).join(', ')} };
const all = globalThis;
const pureGlobal = new Proxy({}, {
  get: (_, key) => (Object.hasOwn(pure, key) ? pure[key] : key === 'globalThis' || key === 'global' ? pureGlobal : Reflect.get(all, key)),
  set: (_, key) => refuse('globalThis.' + String(key) + ' = …'),
});
export { pureDate as Date, pureMath as Math, pureGlobal as globalThis, pureGlobal as global, ${forbidden.map((name) => `pure_${name} as ${name}`).join(', ')} };
`;
