import type { WorkloadHandle } from '@fairlead/app';

/** The gateway's configuration: `/api` to the API, the rest to the UI, with the limits and headers that upstream's gateway has. */
export function nginx({ api, ui, port }: { api: WorkloadHandle; ui: WorkloadHandle; port: number }): string {
  return `worker_processes auto;
pid /tmp/nginx.pid;
error_log /dev/stderr warn;

events {
  worker_connections 1024;
}

http {
  include /etc/nginx/mime.types;
  default_type application/octet-stream;
  access_log /dev/stdout;
  server_tokens off;
  sendfile on;
  gzip on;
  gzip_types text/css application/javascript application/json image/svg+xml;

  client_body_temp_path /tmp/client_body;
  proxy_temp_path /tmp/proxy;
  fastcgi_temp_path /tmp/fastcgi;
  uwsgi_temp_path /tmp/uwsgi;
  scgi_temp_path /tmp/scgi;

  # The load balancer is the peer; the client is the last address that it added.
  set_real_ip_from 10.0.0.0/8;
  real_ip_header X-Forwarded-For;

  limit_req_zone $binary_remote_addr zone=api:10m rate=10r/s;
  limit_req_zone $binary_remote_addr zone=static:10m rate=100r/s;
  limit_req_status 429;

  map $http_upgrade $connection_upgrade {
    default upgrade;
    '' close;
  }

  server {
    listen ${port};

    add_header Strict-Transport-Security "max-age=31536000; includeSubDomains; preload" always;
    add_header X-Frame-Options SAMEORIGIN always;
    add_header X-Content-Type-Options nosniff always;
    add_header Referrer-Policy strict-origin-when-cross-origin always;
    add_header Content-Security-Policy "default-src 'self'" always;
    add_header Permissions-Policy "geolocation=(), microphone=(), camera=()" always;

    proxy_http_version 1.1;
    proxy_set_header Host $host;
    proxy_set_header X-Real-IP $remote_addr;
    proxy_set_header X-Request-ID $request_id;
    proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for;
    proxy_set_header X-Forwarded-Proto https;

    location = /health {
      access_log off;
      default_type text/plain;
      return 200 'ok';
    }

    location ~ /\\. {
      deny all;
    }

    location /api/ {
      limit_req zone=api burst=20 nodelay;
      proxy_pass ${api.url('/')};
    }

    location / {
      limit_req zone=static burst=200 nodelay;
      proxy_set_header Upgrade $http_upgrade;
      proxy_set_header Connection $connection_upgrade;
      proxy_read_timeout 86400s;
      proxy_pass ${ui.url()};
    }
  }
}
`;
}
