import { defineApp } from '@fairlead/app';
import { service } from './service.ts';
import type { Values } from './values.ts';
import { values } from './values.ts';

export default defineApp<Values>({
  name: 'delivery-platform',
  owner: 'delivery-team',
  costCenter: 'cc-2208',
  values,
  build({ app, values, cluster }) {
    // Card data is handled in a namespace of its own, where not even administrators read Secrets (PCI DSS 7).
    const cards = app.namespace('delivery-platform-payment', { access: 'restricted' });

    const JWT_SECRET = app.secret('tokens', { keys: ['JWT_SECRET'] }).key('JWT_SECRET');
    const processors = app.secret('payment-processors', {
      keys: ['PAYPAL_CLIENT_ID', 'PAYPAL_CLIENT_SECRET', 'STRIPE_SECRET_KEY'],
    });

    const user = service(app, values, 'user', {
      port: 3003,
      config: { JWT_EXPIRES_IN: '7d' },
      env: { JWT_SECRET },
      counts: ['logins_total', 'user_actions_total'],
    });
    const delivery = service(app, values, 'delivery', { port: 3004, env: { JWT_SECRET } });
    const order = service(app, values, 'order', {
      port: 3006,
      env: { JWT_SECRET },
      counts: ['orders_created_total', 'orders_completed_total', 'orders_cancelled_total'],
    });
    const payment = service(app, values, 'payment', {
      port: 3007,
      namespace: cards,
      critical: true,
      config: { ORDER_SERVICE_URL: order.url(), USER_SERVICE_URL: user.url() },
      env: {
        JWT_SECRET,
        PAYPAL_CLIENT_ID: processors.key('PAYPAL_CLIENT_ID'),
        PAYPAL_CLIENT_SECRET: processors.key('PAYPAL_CLIENT_SECRET'),
        STRIPE_SECRET_KEY: processors.key('STRIPE_SECRET_KEY'),
      },
      counts: ['revenue_total'],
    });
    order.calls(user, payment);
    payment.calls(
      user,
      order,
      app.external('stripe', { hosts: ['api.stripe.com'] }),
      app.external('paypal', { hosts: ['api-m.paypal.com'] }),
    );

    const cachePassword = app.secret('cache', { keys: ['password'] }).key('password');
    const cache = app.statefulSet('cache', {
      image: 'redis',
      ports: { redis: 6379 },
      health: { exec: ['sh', '-c', 'REDISCLI_AUTH="$REDIS_PASSWORD" redis-cli ping | grep -q PONG'] },
      size: { cpu: '100m', memory: '640Mi', memoryLimit: '640Mi' },
      user: 999,
      singleton: 'counters and sessions: clients log in again when it is gone',
      args: [
        'redis-server',
        '--appendonly=yes',
        '--maxmemory=512mb',
        '--maxmemory-policy=allkeys-lru',
        '--requirepass=$(REDIS_PASSWORD)',
      ],
      env: { REDIS_PASSWORD: cachePassword },
      storage: { size: '10Gi', path: '/data', intent: 'fast' },
    });

    const gateway = app.deployment('api-gateway', {
      port: 3000,
      health: '/health',
      size: { cpu: '250m', memory: '256Mi', memoryLimit: '512Mi' },
      user: 1001,
      replicas: values.replicas.gateway,
      ...(values.rightSizing && { vertical: { mode: 'recommend' } }),
      metrics: true,
      config: {
        CORS_ORIGIN: `https://app.${cluster.domain}`,
        DELIVERY_SERVICE_URL: delivery.url(),
        JWT_EXPIRES_IN: '24h',
        LOG_LEVEL: values.logLevel,
        NODE_ENV: 'production',
        ORDER_SERVICE_URL: order.url(),
        PORT: 3000,
        RATE_LIMIT_MAX_REQUESTS: values.requestLimit,
        RATE_LIMIT_WINDOW_MS: 900_000,
        REDIS_HOST: cache.host,
        REDIS_PORT: cache.port,
        USER_SERVICE_URL: user.url(),
      },
      env: { JWT_SECRET, REDIS_PASSWORD: cachePassword },
      calls: [cache, user, order, delivery],
      scheduling: { priority: 'critical' },
      ...(values.availability && { objective: { availability: values.availability } }),
    });

    const { firewall, minimumTls, accessLog, requestsPerMinute } = values.edge;
    app.route({
      host: `delivery.${cluster.domain}`,
      to: { '/': gateway },
      exposure: 'public',
      minimumTls,
      securityHeaders: true,
      responseHeaders: { set: { 'Content-Security-Policy': "default-src 'self'", 'X-Frame-Options': 'DENY' } },
      firewall,
      accessLog,
      // Where the firewall of the cluster limits clients by its own rules, the route states no limit of its own.
      ...(requestsPerMinute && { rateLimit: { requests: requestsPerMinute, per: 'minute' } }),
    });
  },
});
