import type { Schema } from './schema.ts';

const text: Schema = { type: ['string', 'null'] };
const integer: Schema = { type: ['integer', 'null'] };
const texts: Schema = { type: ['object', 'null'], additionalProperties: { type: 'string' } };

/** ObjectMeta (meta/v1) for kinds that a CustomResourceDefinition adds; the registry's files carry their own. */
export const objectMeta: Schema = {
  type: 'object',
  additionalProperties: false,
  properties: {
    annotations: texts,
    creationTimestamp: text,
    deletionGracePeriodSeconds: integer,
    deletionTimestamp: text,
    finalizers: { type: ['array', 'null'], items: { type: 'string' } },
    generateName: text,
    generation: integer,
    labels: texts,
    managedFields: { type: ['array', 'null'] },
    name: text,
    namespace: text,
    ownerReferences: { type: ['array', 'null'], items: { type: 'object' } },
    resourceVersion: text,
    selfLink: text,
    uid: text,
  },
};
