import { expect, test } from 'vitest';
import { looksRandom, passwordIn, secretByName, shapeIn } from './secret-shapes.ts';
import { settingsIn } from './settings.ts';

/** What the check thinks of a variable; undefined where it is silent. */
const judge = (name: string, value: string): string | undefined =>
  shapeIn(value)?.name ??
  passwordIn(value) ??
  secretByName(name, value) ??
  (looksRandom(name, value) ? 'random' : undefined);

// None of these was ever valid: they have the form and nothing else.
test.each([
  ['ID', 'AKIAIOSFODNN7EXAMPLE', 'an AWS access key id'],
  ['X', 'aws_secret_access_key=wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY', 'an AWS secret access key'],
  ['AWS_SECRET_ACCESS_KEY', 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY', 'a key or token'],
  ['X', `AIza${'Sy0_'.repeat(8)}abc`, 'a Google API key'],
  ['X', '{"type":"service_account","private_key":"-----BEGIN PRIVATE KEY-----\\nMIIE"}', 'a private key'],
  ['X', '-----BEGIN OPENSSH PRIVATE KEY-----\nb3Blbn', 'a private key'],
  ['X', '-----BEGIN EC PRIVATE KEY-----\nMHcC', 'a private key'],
  [
    'X',
    `DefaultEndpointsProtocol=https;AccountName=a;AccountKey=${'aB3+'.repeat(21)}ab==;EndpointSuffix=core.windows.net`,
    'an Azure storage or bus key',
  ],
  ['X', 'ghp_0123456789abcdefghijABCDEFGHIJ012345', 'a GitHub token'],
  ['X', 'glpat-abcdefghij0123456789', 'a GitLab token'],
  ['X', 'xoxb-123456789012-abcdefghijkl', 'a Slack token'],
  ['X', 'https://hooks.slack.com/services/T00000000/B00000000/abcdefghijklmnopqrstuvwx', 'a Slack webhook'],
  ['X', 'sk_live_0123456789abcdefghijkl', 'a Stripe key'],
  ['X', 'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0NTYifQ.abcdefghijklmnop', 'a JSON web token'],
  ['X', 'npm_0123456789abcdefghijABCDEFGHIJ012345', 'an npm token'],
  ['X', '//registry.example.com/:_authToken=0123456789abcdef', 'an npm token'],
  ['X', 'hvs.CAESIJ0123456789abcdefghij', 'a Vault token'],
  ['DATABASE_URL', 'postgresql://shop:correct-horse@db:5432/shop', 'a password in a URL'],
  ['REDIS_URL', 'redis://:correct-horse@redis:6379/0', 'a password in a URL'],
  ['X', 'Server=db;User Id=sa;Password=Correct1Horse;', 'a password in a connection string'],
  ['init.sql', "CREATE USER shop WITH PASSWORD 'correct-horse';", 'a password in SQL'],
  ['POSTGRES_PASSWORD', 'postgres', 'a password'],
  ['MYSQL_ROOT_PASSWORD', 'abc123', 'a password'],
  ['smtp.password', 'correct horse', 'a password'],
  ['JWT_SECRET', 'k3yb0ard-Cat-9921', 'a key or token'],
  ['apiKey', '0a1b2c3d4e5f60718293a4b5c6d7e8f9', 'a key or token'],
  ['SESSION', 'Zk3Qp9Xv2Lr8Tn5Yw1Bc7Md4Hs6Jf0Ga', 'random'],
])('%s=%s is %s', (name, value, expected) => {
  expect(judge(name, value)).toBe(expected);
});

test.each([
  ['DB_PASSWORD', '${DB_PASSWORD}'],
  ['DB_PASSWORD', '$(DB_PASSWORD)'],
  ['DB_PASSWORD', '{{ .Values.password }}'],
  ['admin_password', '$__file{/etc/grafana/password}'],
  ['init.sql', "CREATE USER shop WITH PASSWORD '${PASSWORD}';"],
  ['DB_PASSWORD', 'REPLACE_ME'],
  ['DB_PASSWORD', '<password>'],
  ['DB_PASSWORD', 'changeme'],
  ['DB_PASSWORD', 'vault:secret/data/db#password'],
  ['DB_PASSWORD', ''],
  ['DB_PASSWORD_FILE', '/run/secrets/db'],
  ['DB_PASSWORD', '/run/secrets/db'],
  ['ALLOW_EMPTY_PASSWORD', 'yes'],
  ['PASSWORD_MIN_LENGTH', '12'],
  ['SECRET_NAME', 'api-credentials'],
  ['existingSecret', 'api-credentials'],
  ['CLIENT_SECRET', 'oauth2-proxy-client'],
  ['TOKEN_URL', 'https://login.example.com/oauth2/token'],
  ['proxy_pass', 'http://api.shop.svc.cluster.local:4000'],
  ['DATABASE_URL', 'postgresql://shop:${PASSWORD}@db:5432/shop'],
  ['DATABASE_URL', 'postgresql://shop@db:5432/shop'],
  ['URL', 'https://example.com/a/b?c=d#e:f@g'],
  ['IMAGE', 'registry.example.com/web@sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855'],
  ['CHECKSUM', 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855'],
  ['BUILD', 'e3b0c44298fc1c149afbf4c8996fb924'],
  ['ID', '3f2504e0-4f89-11d3-9a0c-0305e82c3301'],
  ['ROLE', 'arn:aws:iam::111122223333:role/shop-production-web'],
  ['SETTINGS', 'eyJmZWF0dXJlcyI6IHsiY2hlY2tvdXQiOiB0cnVlfX0='],
  ['CERT', '-----BEGIN CERTIFICATE-----\nMIIBszCCAVmgAwIBAgIU\n-----END CERTIFICATE-----'],
  ['PATHS', '/opt/App1/bin:/usr/local/Tools2/bin:/home/user/Go3/bin'],
  ['CLASS', 'com.example.shop.Application2ConfigurationFactory3Bean'],
  ['JAVA_OPTS', '-Xms512m -Xmx2g -XX:+UseG1GC -Djava.security.egd=file:/dev/./urandom'],
  ['STRIPE_PUBLISHABLE_KEY', 'pk_live_0123456789abcdefghijkl'],
])('%s=%s is nothing', (name, value) => {
  expect(judge(name, value)).toBeUndefined();
});

test('settings of any format', () => {
  const text =
    'db.password=one\n  password: "two"\n"password": "three",\nrequirepass four\n# password=five\nsay nothing of it here\nurl: https://x\nexport A=b\n';
  expect([...settingsIn('app.conf', text)].map(({ name, value }) => `${name}=${value}`)).toEqual([
    'password=one',
    'password=two',
    'password=three',
    'requirepass=four',
    'url=https://x',
    'A=b',
  ]);
});

test('settings of JSON on one line', () => {
  expect(
    [...settingsIn('app.json', '{"a": {"secret": "x", "n": 1}, "b": "y"}')].map(
      ({ name, value }) => `${name}=${value}`,
    ),
  ).toEqual(['secret=x', 'b=y']);
});
