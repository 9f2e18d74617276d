// cdk8s' own App.synth: one App per cluster, one Chart per service, one ApiObject per object.
// node app-synth.mjs <services.json> <folder>; services.json is [[cluster, [[service, [object, …]], …]], …]
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ApiObject, App, Chart } from 'cdk8s';

const [source, folder] = process.argv.slice(2);
for (const [cluster, services] of JSON.parse(readFileSync(source, 'utf8'))) {
  const app = new App({ outdir: join(folder, cluster) });
  for (const [service, objects] of services) {
    const chart = new Chart(app, service);
    objects.forEach((object, index) => new ApiObject(chart, `object-${index}`, object));
  }
  app.synth();
}
